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

/** Where an organisation's peer finds the code: a package that it has installed, or nowhere. */
export const ChaincodeSource = message(
  'ChaincodeSource',
  {
    unavailable: embedded(1, message('ChaincodeSource.Unavailable', {})),
    localPackage: embedded(2, message('ChaincodeSource.Local', { packageId: string(1) })),
  },
  ['unavailable', 'localPackage'],
)
export type ChaincodeSource = Infer<typeof ChaincodeSource>

/** The arguments of `ApproveChaincodeDefinitionForMyOrg`: those of the commit, and the organisation's own package. */
export const ApproveChaincodeDefinitionArgs = message('ApproveChaincodeDefinitionForMyOrgArgs', {
  sequence: int64(1),
  name: string(2),
  version: string(3),
  endorsementPlugin: string(4),
  validationPlugin: string(5),
  validationParameter: bytes(6),
  collections: embedded(7, CollectionConfigPackage),
  initRequired: bool(8),
  source: embedded(9, ChaincodeSource),
})
export type ApproveChaincodeDefinitionArgs = Infer<typeof ApproveChaincodeDefinitionArgs>

/** `sequence` 0 asks for the latest. */
export const QueryApprovedChaincodeDefinitionArgs = message('QueryApprovedChaincodeDefinitionArgs', {
  name: string(1),
  sequence: int64(2),
})
export type QueryApprovedChaincodeDefinitionArgs = Infer<typeof QueryApprovedChaincodeDefinitionArgs>

export const QueryApprovedChaincodeDefinitionResult = message('QueryApprovedChaincodeDefinitionResult', {
  sequence: int64(1),
  version: string(2),
  endorsementPlugin: string(3),
  validationPlugin: string(4),
  validationParameter: bytes(5),
  collections: embedded(6, CollectionConfigPackage),
  initRequired: bool(7),
  source: embedded(8, ChaincodeSource),
})
export type QueryApprovedChaincodeDefinitionResult = Infer<typeof QueryApprovedChaincodeDefinitionResult>

/** Who approved, by MSP id, and in what the approvals of the others differ. The arguments are those of the commit. */
export const CheckCommitReadinessResult = message('CheckCommitReadinessResult', {
  approvals: map(1, bool(2)),
  mismatches: map(2, embedded(2, message('CheckCommitReadinessResult.Mismatches', { items: repeated(string(1)) }))),
})
export type CheckCommitReadinessResult = Infer<typeof CheckCommitReadinessResult>

export const InstallChaincodeArgs = message('InstallChaincodeArgs', { chaincodeInstallPackage: bytes(1) })
export type InstallChaincodeArgs = Infer<typeof InstallChaincodeArgs>

export const InstallChaincodeResult = message('InstallChaincodeResult', { packageId: string(1), label: string(2) })
export type InstallChaincodeResult = Infer<typeof InstallChaincodeResult>

/** The arguments of `QueryInstalledChaincode` and of `GetInstalledChaincodePackage`. */
export const InstalledChaincodeArgs = message('QueryInstalledChaincodeArgs', { packageId: string(1) })
export type InstalledChaincodeArgs = Infer<typeof InstalledChaincodeArgs>

export const GetInstalledChaincodePackageResult = message('GetInstalledChaincodePackageResult', {
  chaincodeInstallPackage: bytes(1),
})
export type GetInstalledChaincodePackageResult = Infer<typeof GetInstalledChaincodePackageResult>

/** An installed package and the definitions that run it, by channel: the result of `QueryInstalledChaincode`. */
export const InstalledChaincode = message('QueryInstalledChaincodeResult', {
  packageId: string(1),
  label: string(2),
  references: map(
    3,
    embedded(
      2,
      message('QueryInstalledChaincodeResult.References', {
        chaincodes: repeated(
          embedded(1, message('QueryInstalledChaincodeResult.Chaincode', { name: string(1), version: string(2) })),
        ),
      }),
    ),
  ),
})
export type InstalledChaincode = Infer<typeof InstalledChaincode>

export const QueryInstalledChaincodesResult = message('QueryInstalledChaincodesResult', {
  installedChaincodes: repeated(embedded(1, InstalledChaincode)),
})
export type QueryInstalledChaincodesResult = Infer<typeof QueryInstalledChaincodesResult>

/** A row of QueryApprovedChaincodeDefinitionsResult. */
export const ListedApprovedDefinition = message('QueryApprovedChaincodeDefinitionsResult.ApprovedChaincodeDefinition', {
  name: string(1),
  sequence: int64(2),
  version: string(3),
  endorsementPlugin: string(4),
  validationPlugin: string(5),
  validationParameter: bytes(6),
  collections: embedded(7, CollectionConfigPackage),
  initRequired: bool(8),
  source: embedded(9, ChaincodeSource),
})
export type ListedApprovedDefinition = Infer<typeof ListedApprovedDefinition>

export const QueryApprovedChaincodeDefinitionsResult = message('QueryApprovedChaincodeDefinitionsResult', {
  approvedChaincodeDefinitions: repeated(embedded(1, ListedApprovedDefinition)),
})
export type QueryApprovedChaincodeDefinitionsResult = Infer<typeof QueryApprovedChaincodeDefinitionsResult>
