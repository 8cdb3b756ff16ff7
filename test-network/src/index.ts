export {
  broadcast,
  changeMsp,
  channelEndpoints,
  groupAt,
  makeUpdate,
  readConfigBlock,
  readConfiguration,
  revoke,
  revoking,
  signUpdate,
  submitUpdate,
  together,
  updateChannel,
  UpdateRefused,
  withoutOrganization,
  withOrganization,
  withPolicy,
  withValue,
  type BroadcastReply,
  type ChannelEndpoints,
  type ConfigChange,
  type NodeEndpoint,
} from './administration/index.js'
export { CaCode } from './ca/errors.js'
export type { Registrar, RegistrarName } from './ca/index.js'
export { Cleanup } from './cleanup.js'
export { grpcClient, type Connection } from './connection.js'
export {
  applicationPolicy,
  collectionPackage,
  ConsortiumError,
  defaultConsortium,
  LIFECYCLE_NAMESPACE,
  nodeOrganizations,
  openConsortium,
  organizationLayout,
  readChaincodeDefinition,
  sequenceKey,
  writeProfile,
  type CollectionSpecification,
  type CommittedDefinition,
  type ConsenterMaterial,
  type Consortium,
  type ConsortiumDefinition,
  type ConsortiumErrorCode,
  type NodeMaterial,
  type NodeRole,
  type Signer,
} from './consortium/index.js'
export {
  FALSEHOOD,
  type Faults,
  type Lie,
  type OrdererAnswer,
  type OrdererFaults,
  type PeerFaults,
  type StopOptions,
} from './faults/index.js'
export { servicePackage, type ChaincodePackage } from './lifecycle/index.js'
export { LedgerError, verifyLedger, type Ledger, type LedgerErrorCode } from './ledger/index.js'
export { identityOf } from './identities.js'
export { HONEST_NOTICE, startTestNetwork, type TestNetwork } from './network.js'
export type { ChaincodeOptions, TestNetworkOptions } from './options.js'
