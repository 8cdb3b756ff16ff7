export { connect, type ConnectOptions } from './connect.js'
export type { Client } from './client.js'
export { loadProfile, type AnchorDefaults, type LocatedProfile, type Profile } from './connection/profile.js'

export type { AuditClient, AuthoredState, FlowLine } from './audit/audit-client.js'
export type { Authorship } from './audit/who.js'
export type { BusinessChaincode } from './audit/records-at.js'
export type { ContractsClient, ProvableCompleteness } from './audit/contracts-client.js'
export type { EvidenceClient, AnchorOptions, ListOptions } from './evidence/evidence-client.js'
export type { AboutDocument, AboutProvenance } from './evidence/about.js'
export type { LogClient, ProveOptions } from './evidence/log-client.js'
export type { BatchClient } from './evidence/batch-client.js'
export type { BatchOutcome } from './evidence/contract.js'
export type { Anchored } from './evidence/anchored.js'
export { evidenceAround, type Receipt, type ReceiptOptions } from './evidence/receipt.js'
export type { BatchSettlement, BatchToAnchor, Journal, JournalledBatch, JournalledLeaf } from './batch/journal.js'
export { MemoryJournal } from './batch/memory-journal.js'
export type { AnchorAllOptions, DocumentToAnchor } from './batch/options.js'
export type { AnchoredBatch } from './batch/anchored-batch.js'
export type {
  AnchoredWindow,
  BatchedDocument,
  DocumentOutcome,
  RefusedDocument,
  SingleDocument,
} from './batch/outcome.js'
export { digestDocument, type DigestOptions, type DocumentDigests, type DocumentInput } from './evidence/digests.js'
export { TimeStamper, type Stamping, type TimeStamperOptions } from './evidence/time-stamper.js'
export { requestTimeStamp, timeStampEvidence, type TimeStampSource } from './evidence/time-stamp.js'
export { writeWhole } from './evidence/write-whole.js'
export { verifyDocument, type FileInput, type VerifyDocumentOptions } from './evidence/verify-document.js'

export { qrRows } from './certificate/qr-rows.js'
export { makeCertificate, type CertificateSubject } from './certificate/make-certificate.js'

export type { CallOptions, ContractCall, Submitted, Timeouts, TransactionStatus } from './transactions/call.js'
export type {
  FollowedBlock,
  FollowedCreator,
  FollowedTransaction,
  FollowedWrite,
  FollowOptions,
} from './blocks/followed-block.js'

export {
  CaizhengError,
  CommitError,
  ConnectError,
  EndorseError,
  EvaluateError,
  FollowError,
  guideTo,
  PrepareError,
  SubmitError,
  type CaizhengErrorCode,
  type OrganizationDetail,
} from './errors/caizheng-error.js'
export { clientErrors, type ClientErrorCode, type Stage } from './errors/codes.js'
export type { Transacted, TransactOptions } from './business/transact.js'
export { administer } from './business/administer.js'
