export { CaCode, type Registrar, type RegistrarName } from './ca/index.js'
export type { Connection } from './connection.js'
export {
  ConsortiumError,
  defaultConsortium,
  LIFECYCLE_NAMESPACE,
  nodeOrganizations,
  openConsortium,
  readChaincodeDefinition,
  sequenceKey,
  writeProfile,
  type CommittedDefinition,
  type Consortium,
  type ConsortiumDefinition,
  type ConsortiumErrorCode,
  type NodeRole,
} from './consortium/index.js'
export { LedgerError, verifyLedger, type Ledger, type LedgerErrorCode } from './ledger/index.js'
export { HONEST_NOTICE, startTestNetwork, type TestNetwork } from './network.js'
export type { ChaincodeOptions, TestNetworkOptions } from './options.js'
