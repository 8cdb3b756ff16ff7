import type { ChannelEndpoints, Consortium } from '@caizheng/test-network'
import type { Client } from '@grpc/grpc-js'

/** What a client holds: its organisation, its certificate and key (PEM), and the peer that it speaks to. */
export interface Credentials {
  channel: string
  mspId: string
  certificate: string
  privateKey: string
  /** `host:port` of the peer. */
  address: string
  grpcClient(): Client
}

/** A private data collection; `policy` and `endorsementPolicy` are expressions. */
export interface CollectionDeployment {
  name: string
  policy: string
  requiredPeerCount?: number
  maxPeerCount?: number
  blockToLive?: number
  memberOnlyRead?: boolean
  memberOnlyWrite?: boolean
  endorsementPolicy?: string
}

/** A chaincode of the suite, by the file of its contracts. */
export interface Deployment {
  name: string
  module: string
  /** A policy expression; without one, the channel's own: all node organisations. */
  endorsementPolicy?: string
  /** Its private data collections, with the fields of Fabric's `--collections-config`. */
  collections?: readonly CollectionDeployment[]
  /** Other builds for some organisations, by MSP id: departments with changed code. */
  programs?: Readonly<Record<string, string>>
  /** Run as a service that the suite can stop and start. */
  asService?: boolean
}

/**
 * A network that the suite can be run on. The cases know nothing else of it, so that what they demand of the embedded
 * network can be asked of real Fabric in the same words.
 */
export interface NetworkUnderTest extends ChannelEndpoints {
  /** Whose keys and certificates the members hold. */
  readonly consortium: Consortium
  /** The organisations with a node, in the order in which the cases name them: finance, audit, construction. */
  readonly nodeOrganizations: readonly string[]
  connect(mspId: string, role?: 'client' | 'admin' | 'peer'): Credentials
  /** A client of the organisation whose certificate has ended. */
  connectExpired(mspId: string): Promise<Credentials>
  /** Someone whose own authority says that he is of this organisation. */
  connectForged(mspId: string): Credentials
  /** Stops and starts a chaincode that was deployed as a service. */
  stopChaincode(name: string): Promise<void>
  startChaincode(name: string): Promise<void>
  stop(): Promise<void>
}

/** Starts a network with these chaincodes on it. */
export type StartNetwork = (deployments: readonly Deployment[]) => Promise<NetworkUnderTest>

/** Builds for some organisations, as both networks take them. */
export function modulesOf(programs: Readonly<Record<string, string>>): Record<string, { module: string }> {
  return Object.fromEntries(Object.entries(programs).map(([mspId, module]) => [mspId, { module }]))
}
