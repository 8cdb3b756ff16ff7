import { bytes, embedded, int32, message, repeated, string, type Infer } from '../codec/index.js'
import { Envelope } from './common.js'
import { Endorsement } from './proposal.js'

/** `header` is a SignatureHeader, `payload` a ChaincodeActionPayload. */
export const TransactionAction = message('TransactionAction', { header: bytes(1), payload: bytes(2) })
export type TransactionAction = Infer<typeof TransactionAction>

export const Transaction = message('Transaction', { actions: repeated(embedded(1, TransactionAction)) })
export type Transaction = Infer<typeof Transaction>

export const ChaincodeEndorsedAction = message('ChaincodeEndorsedAction', {
  proposalResponsePayload: bytes(1),
  endorsements: repeated(embedded(2, Endorsement)),
})
export type ChaincodeEndorsedAction = Infer<typeof ChaincodeEndorsedAction>

export const ChaincodeActionPayload = message('ChaincodeActionPayload', {
  chaincodeProposalPayload: bytes(1),
  action: embedded(2, ChaincodeEndorsedAction),
})
export type ChaincodeActionPayload = Infer<typeof ChaincodeActionPayload>

/** Answers `qscc` `GetTransactionByID`. */
export const ProcessedTransaction = message('ProcessedTransaction', {
  transactionEnvelope: embedded(1, Envelope),
  validationCode: int32(2),
})
export type ProcessedTransaction = Infer<typeof ProcessedTransaction>

/** `gateway.PreparedTransaction`: an endorsed transaction whose envelope is not yet signed. */
export const PreparedTransaction = message('PreparedTransaction', {
  transactionId: string(1),
  envelope: embedded(2, Envelope),
})
export type PreparedTransaction = Infer<typeof PreparedTransaction>
