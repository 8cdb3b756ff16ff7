import { bool, bytes, embedded, int64, map, message, optional, repeated, string, type Infer } from '../codec/index.js'
import { CollectionConfigPackage } from './collection.js'

/** `namespaces/metadata/<name>` in `_lifecycle`: which fields a definition has. */
export const StateMetadata = message('StateMetadata', { datatype: string(1), fields: repeated(string(2)) })
export type StateMetadata = Infer<typeof StateMetadata>

/** `namespaces/fields/<name>/<field>` in `_lifecycle`: one field of a definition. */
export const StateData = message(
  'StateData',
  { int64: optional(int64(1)), bytes: optional(bytes(2)), string: optional(string(3)) },
  ['int64', 'bytes', 'string'],
)
export type StateData = Infer<typeof StateData>

export const ChaincodeEndorsementInfo = message('ChaincodeEndorsementInfo', {
  version: string(1),
  initRequired: bool(2),
  endorsementPlugin: string(3),
})
export type ChaincodeEndorsementInfo = Infer<typeof ChaincodeEndorsementInfo>

/** `validationParameter` is an ApplicationPolicy. */
export const ChaincodeValidationInfo = message('ChaincodeValidationInfo', {
  validationPlugin: string(1),
  validationParameter: bytes(2),
})
export type ChaincodeValidationInfo = Infer<typeof ChaincodeValidationInfo>

/** A chaincode's definition as it is committed: the arguments of `_lifecycle` `CommitChaincodeDefinition`. */
export const ChaincodeDefinition = message('CommitChaincodeDefinitionArgs', {
  sequence: int64(1),
  name: string(2),
  version: string(3),
  endorsementPlugin: string(4),
  validationPlugin: string(5),
  validationParameter: bytes(6),
  collections: embedded(7, CollectionConfigPackage),
  initRequired: bool(8),
})
export type ChaincodeDefinition = Infer<typeof ChaincodeDefinition>

export const QueryChaincodeDefinitionArgs = message('QueryChaincodeDefinitionArgs', { name: string(1) })
export type QueryChaincodeDefinitionArgs = Infer<typeof QueryChaincodeDefinitionArgs>

export const QueryChaincodeDefinitionResult = message('QueryChaincodeDefinitionResult', {
  sequence: int64(1),
  version: string(2),
  endorsementPlugin: string(3),
  validationPlugin: string(4),
  validationParameter: bytes(5),
  collections: embedded(6, CollectionConfigPackage),
  initRequired: bool(7),
  approvals: map(8, bool(2)),
})
export type QueryChaincodeDefinitionResult = Infer<typeof QueryChaincodeDefinitionResult>

/** A row of QueryChaincodeDefinitionsResult; its name stands before its sequence. */
export const ListedChaincodeDefinition = message('QueryChaincodeDefinitionsResult.ChaincodeDefinition', {
  name: string(1),
  sequence: int64(2),
  version: string(3),
  endorsementPlugin: string(4),
  validationPlugin: string(5),
  validationParameter: bytes(6),
  collections: embedded(7, CollectionConfigPackage),
  initRequired: bool(8),
})
export type ListedChaincodeDefinition = Infer<typeof ListedChaincodeDefinition>

export const QueryChaincodeDefinitionsResult = message('QueryChaincodeDefinitionsResult', {
  chaincodeDefinitions: repeated(embedded(1, ListedChaincodeDefinition)),
})
export type QueryChaincodeDefinitionsResult = Infer<typeof QueryChaincodeDefinitionsResult>
