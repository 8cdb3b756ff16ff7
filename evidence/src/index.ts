export { findLaneGap, type LaneGap } from './batch/lane.js'
export { buildBatch, type Batch } from './batch/batch.js'
export { batchId, checkBatchRecord, laneId, type BatchIdentity, type BatchRecord } from './batch/record.js'
export { addBlockProof } from './block/add.js'
export type { Orderers } from './block/checks/orderers.js'
export { BLOCK_PROOF, MAX_BLOCK_BYTES, type BlockProof } from './block/schema.js'
export type { Cosigner } from './cosignature/check.js'
export { SM2_COSIGNATURE, type Sm2Cosignature } from './cosignature/schema.js'
export { coSign, softwareSmSigner, type SmSigner } from './cosignature/signer.js'
export { cosignatureBytes } from './cosignature/statement.js'
export { decodeCheckpoint, encodeCheckpoint, MAX_CHECKPOINT_BYTES } from './checkpoint/file.js'
export { buildLog, type BatchLog } from './checkpoint/log.js'
export type { CheckpointFile, LogConsistency, LogMember } from './checkpoint/schema.js'
export {
  verifyCheckpoint,
  type CheckpointReport,
  type ProvenCheckpoint,
  type VerifyCheckpointOptions,
} from './checkpoint/verify.js'
export { decodeVouchers, encodeVouchers, MAX_VOUCHERS_BYTES } from './completeness/file.js'
export { CHARTER_CHAINCODE, GET_COMPLETENESS, PAYMENT_CHAINCODE } from './completeness/query.js'
export { VOUCHERS_KIND, type VouchersFile } from './completeness/schema.js'
export { verifyVouchers, type ProvenVouchers, type VouchersReport } from './completeness/verify.js'
export { EvidenceError, type FaultCode } from './fault.js'
export { decodeEvidence, encodeEvidence, MAX_EVIDENCE_BYTES, replaceReceipt } from './file/file.js'
export type { BatchSubject, EvidenceFile, EvidenceSubject, FabricReceipt } from './file/schema.js'
export { fill, type Language, type Text, type TextValues } from './format/text.js'
export { decodeLeaf, encodeLeaf, LEAF_FORMAT, newLeaf, newSalt, type Leaf, type LeafDocument } from './leaf/leaf.js'
export { LeafWriter } from './leaf/text.js'
export * from './merkle/index.js'
export { EVIDENCE_CHAINCODE, GET_ANCHOR, GET_BATCH, GET_CHECKPOINT } from './receipt/anchor.js'
export { claimOf, type Claim } from './receipt/claim.js'
export { receiptFromPrepared } from './receipt/prepared.js'
export { jsonSchemas as evidenceJsonSchemas } from './schema/schemas.js'
export { trustFrom, type ConsenterSource, type TrustOptions, type TrustSource } from './trust/build.js'
export { stampedBytes, type TimeStamp } from './timestamp/check.js'
export { addTimeStamp } from './timestamp/add.js'
export { readTimeStampAnswer, timeStampQuery, type TimeStampQuery } from './timestamp/request.js'
export { TIME_STAMP, type Stamped, type TimeStampEntry } from './timestamp/schema.js'
export { fingerprint } from './trust/fingerprint.js'
export { encodeRotation, rotateTrust, rotationBytes } from './trust/rotation.js'
export type {
  TrustedConsenter,
  TrustedCosigner,
  TrustedDefinition,
  TrustedOrganization,
  TrustFile,
} from './trust/schema.js'
export { encodeTrust, MAX_TRUST_BYTES, openTrust, type Trust } from './trust/trust.js'
export type { DocumentInput } from './verify/document.js'
export { formatReport } from './verify/format.js'
export type { Outcome, Proven, ProvenBlock, Report, Signer, Step, StepOutcome } from './verify/report.js'
export type { StepCode } from './verify/steps.js'
export { TRIAL } from './verify/statement.js'
export { chinaTime, chinaTimeAtLatest } from './verify/time.js'
export { openVerification, type Verification, type VerifyOptions } from './verify/verification.js'
export { verify } from './verify/verify.js'
