import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { organizationLayout, type NodeMaterial } from '@caizheng/test-network'

/** Where a peer's files are and where it listens. */
export interface PeerPlace {
  readonly domain: string
  /** `host:port`. */
  readonly address: string
  /** The consortium's folder. */
  readonly material: string
  /** Where its ledger and its chaincode packages are kept. */
  readonly data: string
}

const builder = fileURLToPath(new URL('../../programs/builder', import.meta.url))

/** The contents of a peer's `core.yaml`. Everything is on loopback, and everything between nodes is TLS. */
export function peerConfiguration(
  { mspId, name }: NodeMaterial,
  { domain, address, material, data }: PeerPlace,
): object {
  const { msp, tls } = organizationLayout('peer', domain).node(name)
  const at = (path: string): { file: string } => ({ file: join(material, path) })
  return {
    peer: {
      id: name,
      networkId: 'caizheng',
      listenAddress: address,
      address,
      // No chaincode dials a peer here: the port is opened all the same, so any one will do
      chaincodeListenAddress: '127.0.0.1:0',
      localMspId: mspId,
      mspConfigPath: join(material, msp),
      fileSystemPath: data,
      tls: {
        enabled: true,
        cert: at(tls.certificate),
        key: at(tls.privateKey),
        rootcert: at(tls.authority),
      },
      gossip: gossip(address),
      deliveryclient: { policy: 'cluster', blockCensorshipTimeoutKey: '30s', minimalReconnectInterval: '100ms' },
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      authentication: { timewindow: '15m' },
      handlers: {
        authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }, { name: 'TimeWindowCheck' }],
        decorators: [{ name: 'DefaultDecorator' }],
        endorsers: { escc: { name: 'DefaultEndorsement' } },
        validators: { vscc: { name: 'DefaultValidation' } },
      },
      gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '2m' },
      discovery: { enabled: true, authCacheEnabled: true, authCacheMaxSize: 1000, authCachePurgeRetentionRatio: 0.75 },
      limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
      maxRecvMsgSize: 104857600,
      maxSendMsgSize: 104857600,
      keepalive: { interval: '7200s', timeout: '20s', minInterval: '60s' },
    },
    // No Docker: chaincodes are services, and our builder only notes where they listen
    vm: { endpoint: '' },
    chaincode: {
      externalBuilders: [{ name: 'caizheng', path: builder, propagateEnvironment: [] }],
      installTimeout: '60s',
      startuptimeout: '30s',
      executetimeout: '30s',
      mode: 'net',
      keepalive: 0,
      system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
      runtimeParams: {
        useWriteBatch: true,
        maxSizeWriteBatch: 1000,
        useGetMultipleKeys: true,
        maxSizeGetMultipleKeys: 1000,
      },
    },
    ledger: {
      state: { stateDatabase: 'goleveldb', totalQueryLimit: 100000 },
      history: { enableHistoryDatabase: true },
      pvtdataStore: {
        collElgProcMaxDbBatchSize: 5000,
        collElgProcDbBatchesInterval: 1000,
        deprioritizedDataReconcilerInterval: '60m',
        purgeInterval: 100,
        purgedKeyAuditLogging: true,
      },
      snapshots: { rootDir: join(data, 'snapshots') },
    },
    operations: { listenAddress: '127.0.0.1:0' },
    metrics: { provider: 'disabled' },
  }
}

/**
 * Each peer pulls blocks from the orderers itself; gossip is for finding the other organisations and for private data.
 * With Fabric's intervals (25 s to dial again, 4 s to tell of chaincodes) a network is ready half a minute later.
 */
const gossip = (address: string): object => ({
  bootstrap: address,
  endpoint: address,
  externalEndpoint: address,
  useLeaderElection: false,
  orgLeader: true,
  reconnectInterval: '2s',
  aliveTimeInterval: '2s',
  aliveExpirationTimeout: '25s',
  publishStateInfoInterval: '1s',
  requestStateInfoInterval: '1s',
  publishCertPeriod: '10s',
  pullInterval: '2s',
  maxConnectionAttempts: 120,
  pvtData: {
    // How long a peer holds a block up for private values that it lacks; it fetches them afterwards all the same.
    pullRetryThreshold: '5s',
    transientstoreMaxBlockRetention: 20000,
    pushAckTimeout: '3s',
    btlPullMargin: 10,
    reconcileBatchSize: 10,
    reconcileSleepInterval: '1m',
    reconciliationEnabled: true,
    skipPullingInvalidTransactionsDuringCommit: false,
    implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
  },
  state: { enabled: false },
})
