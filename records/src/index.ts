export { canonicalBytes, CanonicalError, canonicalize, MAX_DEPTH, parseCanonical } from './canonical/index.js'
export type { CanonicalErrorCode, CanonicalValue } from './canonical/index.js'

export {
  documentTypes,
  isAnchoredSingly,
  isDocumentType,
  singlyAnchoredTypes,
  type DocumentType,
} from './codes/document-type.js'
export { formatYuan, MAX_FEN, parseFen } from './codes/fen.js'
export { isProjectCode, parseProjectCode, type ProjectCode } from './codes/project-code.js'
export { isDate, isTimestamp, momentOf } from './codes/time.js'
export { isUscc, usccCheckCharacter } from './codes/uscc.js'

export { limits } from './schema/fields.js'
export { RecordError, type Issue } from './schema/read.js'
export { jsonSchemas } from './schema/json.js'

export { parseAnchor, requestOf, type Anchor, type Submitter } from './anchor/anchor.js'
export { anchorIdPreimage, anchorKey, type AnchorPlace } from './anchor/place.js'
export { parseAnchorRequest, type AnchorRequest, type Digests, type Provenance } from './anchor/request.js'
export {
  ANCHOR_CREATED_EVENT,
  MAX_PAGE_SIZE,
  parseAnchorPage,
  parseAnchorResult,
  type AnchorCreated,
  type AnchorPage,
  type AnchorResult,
} from './anchor/results.js'

export { parseBatch, parseBatchResult, type BatchRecord, type BatchResult } from './batch/batch.js'
export { parseLane, type Lane, type LaneEntry } from './batch/lane.js'
export { batchIdPreimage, batchKey, laneIdPreimage, laneKey, type BatchPlace, type LanePlace } from './batch/place.js'
export { LEAF_FORMAT, parseBatchRequest, type BatchRequest } from './batch/request.js'

export { appendedBy, checkpointKey, parseCheckpoint, type CheckpointRecord } from './checkpoint/checkpoint.js'
export { LOG_KEY, parseLog, type Log } from './checkpoint/log.js'
export { checkpointLimits, parseCheckpointRequest, type CheckpointRequest } from './checkpoint/request.js'
export {
  parseCheckpointResult,
  parseLaneEntries,
  parseLanePage,
  type CheckpointResult,
  type LanePage,
  type ListedLane,
} from './checkpoint/results.js'

export {
  NETWORK_KEY,
  parseNetwork,
  parseNetworkRequest,
  parseNetworkResult,
  type Network,
  type NetworkRequest,
  type NetworkResult,
} from './network/network.js'

export { contractErrors, isContractErrorCode, type ContractErrorCode, type ContractErrorGuide } from './faults/codes.js'
export { formatContractFault, parseContractFault, type ContractFault } from './faults/fault.js'
export { verdictOutcomes, type Verdict } from './verdicts/verdict.js'

export { RuledResult, parseRuledResult } from './verdicts/verdict.js'
export { isRuleId, ruleInfo, rules, type RuleId } from './rules/catalogue.js'
export { ruleFormulasZh } from './rules/formulas-zh.js'
export { ruleModes, type RuleInfo, type RuleMode } from './rules/rule-info.js'
export {
  initialSettings,
  modeOf,
  settingNames,
  settingOf,
  settingsIndex,
  settingsRecords,
  settingsRequest,
  type SettingsRecord,
  type SettingsRequest,
} from './settings/settings.js'
export type { RecordType } from './schema/record-type.js'
export type { RequestOf, RequestType } from './schema/request.js'
export { roleNames, roles, type Role } from './parties/roles.js'
export {
  organisationRequest,
  organisations,
  type Organisation,
  type OrganisationRequest,
} from './parties/organisation.js'
export {
  administrators,
  personKeys,
  personRequest,
  personRestoration,
  persons,
  personSuspension,
  personWithdrawal,
  type Person,
  type PersonRequest,
} from './parties/person.js'
export { projectRequest, projects, stages, type Project, type ProjectRequest, type Stage } from './project/project.js'
export { programmeNames, programmeOf, programmes, type Programme, type ProgrammeInfo } from './project/programmes.js'
export { backfillRequest, backfills, type Backfill, type BackfillRequest } from './project/backfill.js'
export { documentNumbers, documentPlaces, type DocumentNumber, type DocumentPlace } from './project/document-place.js'
export type { DocumentReference } from './project/document.js'
export {
  attestationRequest,
  attestations,
  attestationTypes,
  type Attestation,
  type AttestationRequest,
  type AttestationType,
} from './project/attestation.js'
export { mirroredKinds, mirroredTypes } from './project/mirrored.js'
export { charterBootstrapRequest, type CharterBootstrapRequest } from './parties/bootstrap.js'
export { isTransactionName, transactionPlaces, type TransactionName } from './transactions/places.js'
export { bids, openRequest, sealRequest } from './project/bid.js'
export type { Bid, OpenRequest, SealRequest } from './project/bid.js'
export { awardRequest, tenderCategories, tenderNoticeRequest, tenders } from './project/tender.js'
export type { AwardRequest, Tender, TenderNoticeRequest } from './project/tender.js'
export { signature, type Signature } from './parties/signature.js'
export * from './budget/index.js'
export * from './consent/index.js'
export * from './closing/index.js'
export * from './contract/index.js'
export * from './invoice/index.js'
export * from './payment/index.js'
export * from './progress/index.js'
export { exceptionId, exceptions, exceptionTypes, parseExceptionPage } from './verdicts/exception.js'
export type { Exception, ExceptionEntry, ExceptionPage, ExceptionType } from './verdicts/exception.js'
export { judgements, type Basis, type Judged, type JudgementRecord } from './verdicts/judged.js'
export * from './explain/index.js'
export * from './settlement/index.js'
export * from './queries/index.js'
