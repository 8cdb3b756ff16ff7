import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  grpcClient,
  identityOf,
  nodeOrganizations,
  openConsortium,
  type Connection,
  type Consortium,
  type NodeRole,
} from '@caizheng/test-network'
import { findBinaries } from './binaries.js'
import { ChaincodeServers } from './chaincode-servers.js'
import { openFolders } from './folders.js'
import { joinOrderers, joinPeers } from './join.js'
import { define, install } from './lifecycle.js'
import type { NodeProcess } from './node-process.js'
import { createOrderers, createPeers } from './nodes.js'
import type { FabricChaincode, FabricNetworkOptions } from './options.js'
import { PeerClient } from './peer-client.js'
import { untilPeersKnowEachOther } from './readiness.js'
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
  /** The processes of peers and orderers, by their names, such as `peer0.finance.fiscal.test`: for tests of faults. */
  readonly nodes: ReadonlyMap<string, NodeProcess>
  /**
   * Credentials of an organisation and where to connect with them: its standing client or administrator, or a new
   * identity of the given name.
   * @throws ConsortiumError ORGANIZATION_UNKNOWN
   */
  connect(mspId: string, role?: NodeRole, name?: string): Connection
  /** Runs and defines another chaincode, or the next version of one. @throws FabricError */
  deploy(...chaincodes: readonly FabricChaincode[]): Promise<void>
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
  const end: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of end.splice(0).reverse()) await step()
    if (temporary) await rm(root, { recursive: true, force: true })
  }
  try {
    return await start(options, { binaries, root, end, stop })
  } catch (error) {
    // The logs that the error names are left where they are
    for (const step of end.splice(0).reverse()) await step()
    throw error
  }
}

interface Start {
  readonly binaries: Awaited<ReturnType<typeof findBinaries>>
  readonly root: string
  /** What has to be ended, in the order in which it was begun. */
  readonly end: (() => Promise<void>)[]
  readonly stop: () => Promise<void>
}

async function start(options: FabricNetworkOptions, { binaries, root, end, stop }: Start): Promise<FabricNetwork> {
  const { chaincodes = [], fixedPorts = false, onProgress = () => undefined } = options
  const settings = await openSettings(root, options.consortium, fixedPorts)
  const folders = openFolders(root)
  const consortium = await openConsortium(folders.consortium, settings.definition)
  const { definition, consenters } = consortium
  const organizations = nodeOrganizations(definition)
  const watchdog = new Watchdog()
  end.push(async () => {
    watchdog.close()
  })

  const context = { binaries, consortium, folders, settings, watchdog }
  const peers = await createPeers(context)
  const orderers = await createOrderers(context)
  const nodes = [...orderers, ...peers.values()]
  end.push(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  })
  for (const node of nodes) node.start()

  const clients = organizations.map((mspId) => peerClient(consortium, mspId))
  end.push(async () => {
    for (const client of clients) client.close()
  })
  await Promise.all([joinOrderers(consortium, settings, orderers), joinPeers(consortium, peers, clients)])
  onProgress(
    `Peers of ${organizations.join(', ')} and ${String(consenters.length)} orderers joined ${definition.channel}`,
  )

  const servers = new ChaincodeServers(folders, settings, watchdog)
  end.push(() => servers.stop())
  const running = new Map<string, number>()
  const deploy = async (...list: readonly FabricChaincode[]): Promise<void> => {
    const packages = new Map<string, Awaited<ReturnType<ChaincodeServers['start']>>>()
    for (const chaincode of list) packages.set(chaincode.name, await servers.start(chaincode, organizations))
    await Promise.all(
      list.map(async (chaincode) => {
        const { name, version = '1.0' } = chaincode
        const own = packages.get(name) ?? new Map<string, never>()
        await Promise.all(clients.map(async (client) => installAt(client, own)))
        await servers.listening(name)
        running.set(name, await define(definition.channel, clients, chaincode, own))
        onProgress(`Chaincode ${name} ${version} is defined`)
      }),
    )
    const expected = [...running].map(([name, sequence]) => ({ name, sequence }))
    await untilPeersKnowEachOther(definition.channel, clients, expected)
  }
  await deploy(...chaincodes)

  const addresses = new Map(organizations.map((mspId) => [mspId, peerAddress(consortium, mspId)]))
  return {
    channel: definition.channel,
    id: consortium.network,
    consortium,
    directory: root,
    peers: addresses,
    orderers: consenters.map(({ host, port }) => `${host}:${String(port)}`),
    nodes: new Map(nodes.map((node) => [node.program.name, node])),
    connect(mspId, role = 'client', name) {
      const { certificatePem, privateKeyPem } = identityOf(consortium, mspId, role, name)
      const host = addresses.has(mspId) ? mspId : (organizations[0] ?? '')
      const address = peerAddress(consortium, host)
      const tlsRoots = tlsRootsOf(consortium, host)
      return {
        channel: definition.channel,
        mspId,
        address,
        certificate: certificatePem,
        privateKey: privateKeyPem,
        tlsRoots,
        grpcClient: () => grpcClient(address, tlsRoots),
      }
    },
    deploy,
    chaincodeServers: (name, mspId) => servers.of(name, mspId),
    stop,
  }
}

async function installAt(client: PeerClient, packages: Awaited<ReturnType<ChaincodeServers['start']>>): Promise<void> {
  const own = packages.get(client.mspId)
  if (own) await install(client, own)
}

function peerClient(consortium: Consortium, mspId: string): PeerClient {
  const organization = consortium.organizations.get(mspId)
  if (!organization) throw new Error(`${mspId} is not in the consortium`)
  return new PeerClient(mspId, peerAddress(consortium, mspId), tlsRootsOf(consortium, mspId), organization.admin)
}

function peerAddress({ definition }: Consortium, mspId: string): string {
  const peer = definition.organizations.find((it) => it.mspId === mspId)?.peer
  return peer ? `${peer.host}:${String(peer.port)}` : ''
}

const tlsRootsOf = ({ organizations }: Consortium, mspId: string): string =>
  organizations.get(mspId)?.tlsCa.certificatePem ?? ''
