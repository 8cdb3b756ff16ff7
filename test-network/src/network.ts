import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify } from '@caizheng/fabric-wire'
import { channelEndpoints, revoke, type ChannelEndpoints } from './administration/index.js'
import type { Registrar, RegistrarName, RunningCa } from './ca/index.js'
import { startChaincodes } from './chaincodes.js'
import { Channel, lastConfiguration } from './channel/index.js'
import { Cleanup } from './cleanup.js'
import { Committer } from './committer/index.js'
import { grpcClient, type Connection } from './connection.js'
import {
  ConsortiumError,
  defaultConsortium,
  nodeOrganizations,
  openConsortium,
  type Address,
  type Consortium,
  type NodeRole,
} from './consortium/index.js'
import { deploy } from './deploy.js'
import { Endorser, type Endorsing } from './endorser/index.js'
import { FaultyEndorser, NetworkFaults, type Faults } from './faults/index.js'
import { administratorsOf, endorserIdentity, identityOf } from './identities.js'
import { openLedger, type Ledger } from './ledger/index.js'
import { startOrderers, startPeers } from './node/index.js'
import type { TestNetworkOptions } from './options.js'
import { Orderer } from './orderer/index.js'
import { Agreements, InstalledChaincodes } from './lifecycle/index.js'
import { cscc, lifecycle, qscc, type SystemChaincode } from './system/index.js'

/** What this network is, said at every start. */
export const HONEST_NOTICE = 'Embedded network: one process, one operator, no distributed trust.'

/** A running network. */
export interface TestNetwork {
  readonly channel: string
  /** The network's identity: hex SHA-256 of its genesis block's header. */
  readonly id: string
  readonly consortium: Consortium
  readonly ledger: Ledger
  /** Where the peers listen, by MSP id. */
  readonly peers: ReadonlyMap<string, string>
  /** Where the orderers listen, in the definition's order. */
  readonly orderers: readonly string[]
  /** Where the certificate authorities listen, by MSP id: `http://127.0.0.1:40123`. Empty unless `ca` was asked for. */
  readonly cas: ReadonlyMap<string, string>
  /**
   * What a registrar of an organisation's CA enrolls with: `admin`, who may register anyone, or `gateway`, who may
   * register clients without attributes.
   * @throws ConsortiumError ORGANIZATION_UNKNOWN, also where the network was started without `ca`
   */
  registrar(mspId: string, name?: RegistrarName): Registrar
  /** The nodes, as `updateChannel` takes them. */
  readonly endpoints: ChannelEndpoints
  /**
   * Has an organisation's MSP refuse the certificates of a revocation list: a configuration update, signed by the
   * administrators. Resolves when it is in force.
   * @param crl - PEM, signed by the organisation's CA
   * @throws Error where the organisation is unknown or its CA didn't sign the list; UpdateRefused
   */
  revoke(mspId: string, crl: string): Promise<void>
  /**
   * Credentials of an organisation and where to connect with them: its standing client or administrator, or a new
   * identity of the given name.
   * @throws ConsortiumError ORGANIZATION_UNKNOWN
   */
  connect(mspId: string, role?: NodeRole, name?: string): Connection
  /** What tests can make go wrong: organisations that are down or lie, orderers that delay or refuse. */
  readonly faults: Faults
  /** Commits what is queued, closes the ledger, ends every server. */
  stop(): Promise<void>
}

/**
 * Starts a network of Fabric's protocols inside this process.
 *
 * @throws ConsortiumError and LedgerError for the folder; Error when a port is taken or a chaincode can't start
 * @example
 * const network = await startTestNetwork({ chaincodes: [{ name: 'evidence', program: { module: 'evidence.cjs' } }] })
 * const { certificate, privateKey, mspId, grpcClient } = network.connect('FinanceMSP')
 */
export async function startTestNetwork(options: TestNetworkOptions = {}): Promise<TestNetwork> {
  options.onProgress?.(HONEST_NOTICE)
  const cleanup = new Cleanup()
  try {
    return await start(options, cleanup)
  } catch (error) {
    await cleanup.run()
    throw error
  }
}

async function start(options: TestNetworkOptions, cleanup: Cleanup): Promise<TestNetwork> {
  const { clock = () => new Date(), onProgress = () => undefined, chaincodes = [], tls = false } = options
  const directory = options.directory ?? (await temporaryFolder(cleanup))
  // Closed after all that reads from it
  let open: Ledger | undefined
  cleanup.add(() => open?.close())
  // Side by side: the keys go to the disk while the chaincodes load
  const [opened, started] = await Promise.allSettled([
    consortiumOf(options, clock),
    startAllChaincodes(directory, options, cleanup),
  ])
  const [consortium, running] = [valueOf(opened), valueOf(started)]
  const { definition, genesis, consenters } = consortium
  const ledger = (open = await openLedger(join(directory, 'ledger'), { channel: definition.channel, genesis }))
  onProgress(`Channel ${definition.channel}: ledger open at block ${String(ledger.height - 1)}`)

  const { config, block } = await lastConfiguration(ledger)
  const channel = new Channel(ledger, config, clock, block)
  const faults = new NetworkFaults(consenters, nodeOrganizations(definition))
  const receivers = nodeOrganizations(definition).map((mspId) => {
    const { serialized } = endorserIdentity(consortium, mspId)
    const presence = () => faults.peer(mspId).presence
    return { mspId, identity: identify(channel.config.msps, serialized), presence }
  })
  const orderer = new Orderer(channel, new Committer(channel, receivers), consenters, faults.ordering)
  const broadcast = faults.ordering.everyone(orderer.broadcast)
  const packages = new Map<string, ReadonlyMap<string, string>>()
  const endorsers: Endorsing[] = []
  for (const [mspId, { installed, ids }] of running) {
    packages.set(mspId, ids)
    const agreements = new Agreements(channel, mspId)
    const system = new Map<string, SystemChaincode>([
      ['qscc', qscc],
      ['cscc', cscc(mspId)],
      ['_lifecycle', lifecycle({ channel, mspId, installed, agreements })],
    ])
    const identity = endorserIdentity(consortium, mspId)
    const endorser = new Endorser(channel, identity, { installed, agreements }, system, receivers)
    endorsers.push(new FaultyEndorser(endorser, identity, faults.peer(mspId)))
  }
  cleanup.add(() => {
    // Otherwise what is queued could wait for orderers that never come back
    faults.ordering.calm()
    return orderer.close()
  })

  const listenOn = ({ host, port }: Address): Address => ({ host, port: options.fixedPorts ? port : 0 })
  const peers = await startPeers({
    ...{ channel, consortium, endorsers, broadcast, tls, listenOn },
    onListening: (mspId, server) => {
      faults.peer(mspId).attach(server)
    },
  })
  cleanup.add(peers.stop)
  const orderers = await startOrderers({
    ...{ channel, consenters, tls, listenOn },
    broadcast: (index) => faults.ordering.endpoint(index, orderer.broadcast),
    onListening: (index, server) => {
      faults.ordering.orderers[index]?.attach(server)
    },
  })
  cleanup.add(orderers.stop)
  onProgress(`Peers of ${[...peers.nodes.keys()].join(', ')} and ${String(consenters.length)} orderers are listening`)

  const cas = await startAuthorities(consortium, options, directory, clock, cleanup)

  const specifications = chaincodes.map(({ name, version = '1.0', endorsementPolicy, collections = [] }) => ({
    ...{ name, version, collections },
    ...(endorsementPolicy !== undefined && { endorsementPolicy }),
  }))
  const admins = administratorsOf(consortium)
  await deploy({ channel, peers: peers.nodes, packages, broadcast, admins }, specifications)
  for (const { name, version } of specifications) onProgress(`Chaincode ${name} ${version} is defined`)

  const addresses = {
    peers: new Map([...peers.nodes].map(([mspId, { address }]) => [mspId, address])),
    orderers: orderers.addresses,
  }
  const endpoints = channelEndpoints({ consortium, ...addresses }, tls)
  return {
    channel: definition.channel,
    id: consortium.network,
    consortium,
    ledger,
    ...addresses,
    cas: new Map([...cas].map(([mspId, { url }]) => [mspId, url])),
    registrar(mspId, name = 'admin') {
      const ca = cas.get(mspId)
      if (ca) return ca.registrars[name]
      throw new ConsortiumError('ORGANIZATION_UNKNOWN', `No certificate authority of ${mspId} runs in this network`)
    },
    endpoints,
    revoke: (mspId, crl) => revoke(consortium, endpoints, mspId, crl),
    connect(mspId, role = 'client', name) {
      const { certificatePem, privateKeyPem } = identityOf(consortium, mspId, role, name)
      const node = peers.nodeFor(mspId)
      const { tlsCa, peer } = consortium.organizations.get(node.mspId) ?? {}
      const secure = tls && tlsCa && peer ? { roots: tlsCa.certificatePem, name: peer.name } : undefined
      return {
        channel: definition.channel,
        mspId,
        address: node.address,
        certificate: certificatePem,
        privateKey: privateKeyPem,
        ...(secure && { tlsRoots: secure.roots, tlsName: secure.name }),
        grpcClient: () => grpcClient(node.address, secure),
      }
    },
    faults,
    stop: () => cleanup.run(),
  }
}

/** An organisation's chaincodes: what its peer has, and the ids of those that it was started with, by their names. */
interface RunningChaincodes {
  readonly installed: InstalledChaincodes
  readonly ids: ReadonlyMap<string, string>
}

async function startAllChaincodes(
  directory: string,
  { consortium = defaultConsortium, chaincodes = [] }: TestNetworkOptions,
  cleanup: Cleanup,
): Promise<Map<string, RunningChaincodes>> {
  const running = new Map<string, RunningChaincodes>()
  for (const mspId of nodeOrganizations('definition' in consortium ? consortium.definition : consortium)) {
    const installed = await InstalledChaincodes.open(join(directory, 'chaincodes', encodeURIComponent(mspId)))
    cleanup.add(() => installed.close())
    running.set(mspId, { installed, ids: await startChaincodes(mspId, chaincodes, installed) })
  }
  return running
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'fulfilled') return result.value
  throw result.reason
}

/** The keys of a network that leaves nothing behind are on no disk. */
async function consortiumOf({ directory, consortium }: TestNetworkOptions, now: () => Date): Promise<Consortium> {
  if (consortium && 'genesis' in consortium) return consortium
  return openConsortium(directory === undefined ? undefined : join(directory, 'consortium'), consortium, { now })
}

async function startAuthorities(
  consortium: Consortium,
  { ca = false, tls = false, onProgress }: TestNetworkOptions,
  directory: string,
  clock: () => Date,
  cleanup: Cleanup,
): Promise<ReadonlyMap<string, RunningCa>> {
  if (ca === false) return new Map()
  const ports = ca === true ? {} : ca.ports
  // Few networks want it, so that its code is loaded only then
  const { startCas } = await import('./ca/index.js')
  const settings = { directory: join(directory, 'ca'), clock, tls, ports }
  const cas = await startCas(consortium, settings, (stop) => {
    cleanup.add(stop)
  })
  onProgress?.(`Certificate authorities of ${[...cas.keys()].join(', ')} are listening`)
  return cas
}

async function temporaryFolder(cleanup: Cleanup): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caizheng-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}
