export { Authority } from './authority.js'
export type { CertificateRequest, IssuedIdentity, KeyPair, NodeRole } from './key-pair.js'
export { endpoint } from './channel-config.js'
export { quorum } from './channel-policies.js'
export { defaultConsortium } from './default-consortium.js'
export {
  nodeOrganizations,
  organizationsWithoutNode,
  type Address,
  type BatchDefinition,
  type ConsenterDefinition,
  type ConsortiumDefinition,
  type OrdererOrganizationDefinition,
  type OrganizationDefinition,
} from './definition.js'
export { ConsortiumError, type ConsortiumErrorCode } from './errors.js'
export {
  collectionsKey,
  LIFECYCLE_NAMESPACE,
  lifecycleKeys,
  readChaincodeDefinition,
  sequenceKey,
} from './lifecycle.js'
export type { CommittedDefinition } from './lifecycle.js'
export { organizationLayout, type KeyPairLocation } from './layout.js'
export {
  applicationPolicy,
  collectionPackage,
  validateSpecification,
  type ChaincodeSpecification,
  type CollectionSpecification,
} from './lifecycle-definition.js'
export {
  asSigner,
  type AuthorityMaterial,
  type ConsenterMaterial,
  type NodeMaterial,
  type OrganizationMaterial,
  type Signer,
} from './material.js'
export { openConsortium, type Consortium, type OpenOptions } from './open.js'
export { writeProfile, type ProfileOptions } from './profile.js'
export { validateDefinition } from './validate-definition.js'
