import { bool, embedded, int32, message, repeated, string, uint64, type Infer } from '../codec/index.js'
import { ApplicationPolicy, SignaturePolicyEnvelope } from './policy.js'

/** Which organisations may hold a collection: an OR of their members. */
export const CollectionPolicyConfig = message('CollectionPolicyConfig', {
  signaturePolicy: embedded(1, SignaturePolicyEnvelope),
})
export type CollectionPolicyConfig = Infer<typeof CollectionPolicyConfig>

/** A private data collection; `blockToLive` 0 keeps its data for ever. */
export const StaticCollectionConfig = message('StaticCollectionConfig', {
  name: string(1),
  memberOrgsPolicy: embedded(2, CollectionPolicyConfig),
  requiredPeerCount: int32(3),
  maximumPeerCount: int32(4),
  blockToLive: uint64(5),
  memberOnlyRead: bool(6),
  memberOnlyWrite: bool(7),
  endorsementPolicy: embedded(8, ApplicationPolicy),
})
export type StaticCollectionConfig = Infer<typeof StaticCollectionConfig>

export const CollectionConfig = message('CollectionConfig', {
  staticCollectionConfig: embedded(1, StaticCollectionConfig),
})
export type CollectionConfig = Infer<typeof CollectionConfig>

export const CollectionConfigPackage = message('CollectionConfigPackage', {
  config: repeated(embedded(1, CollectionConfig)),
})
export type CollectionConfigPackage = Infer<typeof CollectionConfigPackage>
