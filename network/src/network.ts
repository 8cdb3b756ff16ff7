import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  channelEndpoints,
  Cleanup,
  nodeOrganizations,
  openConsortium,
  revoke,
  type ChannelEndpoints,
  type Connection,
  type Consortium,
  type NodeRole,
} from '@caizheng/test-network'
import { findBinaries, type Binaries } from './binaries.js'
import { ChaincodeServers } from './chaincode-servers.js'
import { committedPlace, type CommittedPlace } from './committed.js'
import { deployer } from './deploy.js'
import { connectionOf, peerClient, peerEndpoint } from './endpoints.js'
import { FabricError } from './errors.js'
import { openFolders } from './folders.js'
import { joinOrderers, joinPeers } from './join.js'
import type { NodeProcess } from './node-process.js'
import { createOrderers, createPeers } from './nodes.js'
import type { FabricChaincode, FabricNetworkOptions } from './options.js'
import { openSettings } from './settings.js'
import { Watchdog } from './watchdog.js'

/** A running network of real Fabric. */
export interface FabricNetwork {
  readonly channel: string
  /** The network's identity: hex SHA-256 of its genesis block's header. */
  readonly id: string
  readonly consortium: Consortium
  /** Keys, configurations, ledgers and, in `logs/`, what each process printed. */
  readonly directory: string
  /** Where the peers listen, by MSP id. */
  readonly peers: ReadonlyMap<string, string>
  /** Where the orderers listen, in the definition's order. */
  readonly orderers: readonly string[]
  /** The peers and orderers, as `updateChannel` takes them. */
  readonly endpoints: ChannelEndpoints
  /** The processes of peers and orderers, by their names, such as `peer0.finance.fiscal.test`: for tests of faults. */
  readonly nodes: ReadonlyMap<string, NodeProcess>
  /**
   * Credentials of an organisation and where to connect with them: its standing client or administrator, or a new
   * identity of the given name.
   * @throws ConsortiumError ORGANIZATION_UNKNOWN
   */
  connect(mspId: string, role?: NodeRole, name?: string): Connection
  /**
   * Has an organisation's MSP refuse the certificates of a revocation list: a configuration update, signed by the
   * administrators. Resolves when every peer has it.
   * @param crl - PEM, signed by the organisation's CA
   * @throws Error where the organisation is unknown or its CA didn't sign the list; UpdateRefused
   */
  revoke(mspId: string, crl: string): Promise<void>
  /** Runs and defines another chaincode, or the next version of one. @throws FabricError */
  deploy(...chaincodes: readonly FabricChaincode[]): Promise<void>
  /** A chaincode's definition and the place in the chain where it was committed. @throws FabricError CHAINCODE_FAILED */
  definitionOf(name: string): Promise<CommittedPlace>
  /** The servers of a chaincode, of all organisations or of one. @throws FabricError CHAINCODE_FAILED */
  chaincodeServers(name: string, mspId?: string): NodeProcess[]
  /** Ends every process; a temporary folder is removed. */
  stop(): Promise<void>
}

/**
 * Starts a network of Fabric's own programs on this machine: a peer for each node organisation, the orderers, and each
 * chaincode in a process for each organisation. All speak TLS, except a peer with its own chaincode on loopback.
 * Nothing outlives this process.
 *
 * @throws FabricError; ConsortiumError for the folder
 * @example
 * const network = await startFabricNetwork({ chaincodes: [{ name: 'evidence', program: { module: 'evidence.cjs' } }] })
 * const { certificate, privateKey, mspId, grpcClient } = network.connect('FinanceMSP')
 */
export async function startFabricNetwork(options: FabricNetworkOptions = {}): Promise<FabricNetwork> {
  const binaries = await findBinaries(options.binaries)
  const temporary = options.directory === undefined
  const root = resolve(options.directory ?? (await mkdtemp(join(tmpdir(), 'caizheng-fabric-'))))
  await mkdir(root, { recursive: true, mode: 0o700 })
  const cleanup = new Cleanup()
  const watchdog = new Watchdog()
  cleanup.add(() => {
    watchdog.close()
  })
  const nodes: NodeProcess[] = []
  try {
    const network = await start(options, { binaries, root, cleanup, watchdog, nodes })
    const stop = async (): Promise<void> => {
      watchdog.seal()
      await cleanup.run()
      if (temporary) await rm(root, { recursive: true, force: true })
    }
    return { ...network, stop }
  } catch (error) {
    // A node that ended is the reason of whatever failed; the logs that errors name are left where they are
    const ended = nodes.find(({ running }) => !running)
    watchdog.seal()
    const reason = ended && !(error instanceof FabricError && error.code === 'NODE_FAILED') ? ended : undefined
    await cleanup.run()
    throw reason ? await reason.failure('has ended during the start', error) : error
  }
}

interface Start {
  readonly binaries: Binaries
  readonly root: string
  readonly cleanup: Cleanup
  readonly watchdog: Watchdog
  /** Filled with the peers and orderers. */
  readonly nodes: NodeProcess[]
}

async function start(
  options: FabricNetworkOptions,
  { binaries, root, cleanup, watchdog, nodes }: Start,
): Promise<Omit<FabricNetwork, 'stop'>> {
  const { chaincodes = [], fixedPorts = false, onProgress = () => undefined } = options
  const settings = await openSettings(root, options.consortium, fixedPorts)
  const folders = openFolders(root)
  const consortium = await openConsortium(folders.consortium, settings.definition)
  const { definition, consenters } = consortium
  const organizations = nodeOrganizations(definition)

  const context = { binaries, consortium, folders, settings, watchdog }
  const peers = await createPeers(context)
  const orderers = await createOrderers(context)
  nodes.push(...orderers, ...peers.values())
  cleanup.add(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  })
  for (const node of nodes) node.start()

  const clients = organizations.map((mspId) => peerClient(consortium, mspId))
  const [administrator] = clients
  if (!administrator) throw new FabricError('CHANNEL_FAILED', 'A consortium needs an organisation with a peer')
  cleanup.add(() => {
    for (const client of clients) client.close()
  })
  await Promise.all([joinOrderers(consortium, settings, orderers), joinPeers(consortium, peers, clients)])
  onProgress(
    `Peers of ${organizations.join(', ')} and ${String(consenters.length)} orderers joined ${definition.channel}`,
  )

  const servers = new ChaincodeServers(folders, settings, watchdog)
  cleanup.add(() => servers.stop())
  const deploy = deployer(definition.channel, clients, servers, onProgress)
  await deploy(...chaincodes)

  const addresses = {
    peers: new Map(organizations.map((mspId) => [mspId, peerEndpoint(consortium, mspId).address])),
    orderers: consenters.map(({ host, port }) => `${host}:${String(port)}`),
  }
  const endpoints = channelEndpoints({ consortium, ...addresses }, true)
  return {
    channel: definition.channel,
    id: consortium.network,
    consortium,
    directory: root,
    ...addresses,
    endpoints,
    revoke: (mspId, crl) => revoke(consortium, endpoints, mspId, crl),
    nodes: new Map(nodes.map((node) => [node.program.name, node])),
    connect: (mspId, role, name) => connectionOf(consortium, mspId, role, name),
    deploy,
    definitionOf: (name) => committedPlace(administrator, definition.channel, name),
    chaincodeServers: (name, mspId) => servers.of(name, mspId),
  }
}
