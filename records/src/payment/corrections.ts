import * as z from 'zod/mini'
import { documentReference } from '../project/document.js'
import { fen } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** `RecordBankReturn`: the bank could not pay a voucher, or the money came back to it. */
export const bankReturnRequest = requestType('a bank return', {
  voucherNo: businessNumber,
  returnedOn: day,
  reason: remark,
  document: documentReference,
})
export type BankReturnRequest = RequestOf<typeof bankReturnRequest>

/** `ReissueVoucher` */
export const reissueRequest = requestType('the reissue of a voucher', { voucherNo: businessNumber })
export type ReissueRequest = RequestOf<typeof reissueRequest>

/** `ReleaseVoucher` */
export const releaseRequest = requestType('the release of a voucher', { voucherNo: businessNumber })
export type ReleaseRequest = RequestOf<typeof releaseRequest>

/** `ReverseApplication` */
export const reversalRequest = requestType('a reversal', { applicationNo: businessNumber, reason: remark })
export type ReversalRequest = RequestOf<typeof reversalRequest>

/** `RecordRefund` */
export const refundRequest = requestType('a refund', {
  voucherNo: businessNumber,
  amountFen: fen,
  refundedOn: day,
  document: documentReference,
})
export type RefundRequest = RequestOf<typeof refundRequest>

/** `RecordFreeze`, `LiftFreeze` */
export const freezeRequest = requestType("a court's freeze", {
  contractNo: businessNumber,
  /** The court's notice. */
  freezeNo: businessNumber,
  reason: remark,
  document: documentReference,
})
export type FreezeRequest = RequestOf<typeof freezeRequest>

const CorrectionV1 = z.strictObject({
  kind: z.literal('correction'),
  version: z.literal(1),
  projectCode,
  /** The transaction: `RecordBankReturn`, `ReverseApplication`, … */
  type: z.string().check(z.maxLength(40)),
  /** What it is about: a voucher, an application, a contract. */
  subject: businessNumber,
  reason: remark,
  amountFen: z.exactOptional(fen),
  on: day,
  by: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** What was put right afterwards, one record each, never changed. Key: `correction:<tx>`. */
export const corrections = recordType('correction', 'a correction', CorrectionV1)
export type Correction = z.infer<typeof CorrectionV1>
