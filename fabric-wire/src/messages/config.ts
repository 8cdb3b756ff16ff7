import {
  bool,
  bytes,
  embedded,
  enumeration,
  int32,
  map,
  message,
  repeated,
  string,
  uint32,
  uint64,
  type Infer,
  type Message,
} from '../codec/index.js'
import { Envelope } from './common.js'
import { Policy } from './policy.js'

export const ConfigValue = message('ConfigValue', { version: uint64(1), value: bytes(2), modPolicy: string(3) })
export type ConfigValue = Infer<typeof ConfigValue>

export const ConfigPolicy = message('ConfigPolicy', {
  version: uint64(1),
  policy: embedded(2, Policy),
  modPolicy: string(3),
})
export type ConfigPolicy = Infer<typeof ConfigPolicy>

/** A node of the configuration tree: Channel, Application, Orderer, an organisation. */
export interface ConfigGroup {
  version: number
  groups: Map<string, ConfigGroup>
  values: Map<string, ConfigValue>
  policies: Map<string, ConfigPolicy>
  modPolicy: string
}

export const ConfigGroup: Message<ConfigGroup> = message('ConfigGroup', {
  version: uint64(1),
  groups: map(
    2,
    embedded(2, () => ConfigGroup),
  ),
  values: map(3, embedded(2, ConfigValue)),
  policies: map(4, embedded(2, ConfigPolicy)),
  modPolicy: string(5),
})

export const Config = message('Config', { sequence: uint64(1), channelGroup: embedded(2, ConfigGroup) })
export type Config = Infer<typeof Config>

export const ConfigEnvelope = message('ConfigEnvelope', {
  config: embedded(1, Config),
  lastUpdate: embedded(2, Envelope),
})
export type ConfigEnvelope = Infer<typeof ConfigEnvelope>

export const ConfigSignature = message('ConfigSignature', { signatureHeader: bytes(1), signature: bytes(2) })
export type ConfigSignature = Infer<typeof ConfigSignature>

export const ConfigUpdateEnvelope = message('ConfigUpdateEnvelope', {
  configUpdate: bytes(1),
  signatures: repeated(embedded(2, ConfigSignature)),
})
export type ConfigUpdateEnvelope = Infer<typeof ConfigUpdateEnvelope>

export const ConfigUpdate = message('ConfigUpdate', {
  channelId: string(1),
  readSet: embedded(2, ConfigGroup),
  writeSet: embedded(3, ConfigGroup),
  isolatedData: map(5, bytes(2)),
})
export type ConfigUpdate = Infer<typeof ConfigUpdate>

export const HashingAlgorithm = message('HashingAlgorithm', { name: string(1) })
export type HashingAlgorithm = Infer<typeof HashingAlgorithm>

export const BlockDataHashingStructure = message('BlockDataHashingStructure', { width: uint32(1) })
export type BlockDataHashingStructure = Infer<typeof BlockDataHashingStructure>

export const OrdererAddresses = message('OrdererAddresses', { addresses: repeated(string(1)) })
export type OrdererAddresses = Infer<typeof OrdererAddresses>

/** A BFT orderer: `identity` is its signing certificate, the TLS certificates are PEM too. */
export const Consenter = message('Consenter', {
  id: uint32(1),
  host: string(2),
  port: uint32(3),
  mspId: string(4),
  identity: bytes(5),
  clientTlsCert: bytes(6),
  serverTlsCert: bytes(7),
})
export type Consenter = Infer<typeof Consenter>

export const Orderers = message('Orderers', { consenterMapping: repeated(embedded(1, Consenter)) })
export type Orderers = Infer<typeof Orderers>

export const Consortium = message('Consortium', { name: string(1) })
export type Consortium = Infer<typeof Consortium>

export const Capability = message('Capability', {})
export type Capability = Infer<typeof Capability>

export const Capabilities = message('Capabilities', { capabilities: map(1, embedded(2, Capability)) })
export type Capabilities = Infer<typeof Capabilities>

export const AnchorPeer = message('AnchorPeer', { host: string(1), port: int32(2) })
export type AnchorPeer = Infer<typeof AnchorPeer>

export const AnchorPeers = message('AnchorPeers', { anchorPeers: repeated(embedded(1, AnchorPeer)) })
export type AnchorPeers = Infer<typeof AnchorPeers>

export const APIResource = message('APIResource', { policyRef: string(1) })
export type APIResource = Infer<typeof APIResource>

export const ACLs = message('ACLs', { acls: map(1, embedded(2, APIResource)) })
export type ACLs = Infer<typeof ACLs>

/** `type` is `BFT` or `etcdraft`; `state` 0 is normal, 1 maintenance. */
export const ConsensusType = message('ConsensusType', { type: string(1), metadata: bytes(2), state: enumeration(3) })
export type ConsensusType = Infer<typeof ConsensusType>

export const BatchSize = message('BatchSize', {
  maxMessageCount: uint32(1),
  absoluteMaxBytes: uint32(2),
  preferredMaxBytes: uint32(3),
})
export type BatchSize = Infer<typeof BatchSize>

/** A duration as Go writes it: `2s`. */
export const BatchTimeout = message('BatchTimeout', { timeout: string(1) })
export type BatchTimeout = Infer<typeof BatchTimeout>

export const ChannelRestrictions = message('ChannelRestrictions', { maxCount: uint64(1) })
export type ChannelRestrictions = Infer<typeof ChannelRestrictions>

/** `ConsensusType.metadata` of a BFT channel; durations as Go writes them. */
export const SmartBFTOptions = message('smartbft.Options', {
  requestBatchMaxCount: uint64(1),
  requestBatchMaxBytes: uint64(2),
  requestBatchMaxInterval: string(3),
  incomingMessageBufferSize: uint64(4),
  requestPoolSize: uint64(5),
  requestForwardTimeout: string(6),
  requestComplainTimeout: string(7),
  requestAutoRemoveTimeout: string(8),
  requestMaxBytes: uint64(9),
  viewChangeResendInterval: string(10),
  viewChangeTimeout: string(11),
  leaderHeartbeatTimeout: string(12),
  leaderHeartbeatCount: uint64(13),
  collectTimeout: string(14),
  syncOnStart: bool(15),
  speedUpViewChange: bool(16),
  leaderRotation: enumeration(17),
  decisionsPerLeader: uint64(18),
})
export type SmartBFTOptions = Infer<typeof SmartBFTOptions>
