import * as z from 'zod/mini'
import { documentReference } from '../project/document.js'
import { signature } from '../parties/signature.js'
import { basisPoints, fen } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

const named = { contractNo: businessNumber, settlementNo: businessNumber }

const submitted = {
  ...named,
  /** 送审价 */
  submittedFen: fen,
  submittedOn: day,
  /** The settlement that this one takes the place of, before both have signed it. */
  supersedes: z.exactOptional(businessNumber),
}

/** `SubmitSettlement` */
export const settlementRequest = requestType('a settlement', { ...submitted, document: documentReference })
export type SettlementRequest = RequestOf<typeof settlementRequest>

/** `ReviewSettlement` */
export const settlementReview = requestType('the review of a settlement', { ...named, approvedFen: fen })
export type SettlementReview = RequestOf<typeof settlementReview>

/** What an approval settles; checked by R29 and R06. */
const settled = {
  /** 审定价 */
  approvedFen: fen,
  /** 核减额, 核减率 */
  reductionFen: fen,
  reductionRateBp: basisPoints,
  /** What the contract's payments sum to, less what was refunded. */
  paidFen: fen,
  /** What is still paid: by the SETTLEMENT application. */
  payableFen: fen,
  /** 质量保证金 kept in cash, or the letter that stands for it: never both (R06). */
  cashRetentionFen: fen,
  guaranteeFen: fen,
}

const chain = {
  /** Number of the vouchers issued, and the digest of the last. */
  vouchers: z.int(),
  head: hexDigest,
}

/** `ApproveSettlement` */
export const settlementApproval = requestType('the approval of a settlement', {
  ...named,
  submittedFen: fen,
  ...settled,
  /** What was paid too much and comes back. */
  overpaidFen: z.exactOptional(fen),
  /** The voucher chain as the approver saw it; another one now refuses. */
  chain: z.exactOptional(z.strictObject(chain)),
})
export type SettlementApproval = RequestOf<typeof settlementApproval>

/** `SignSettlement` */
export const settlementSigning = requestType('the signature of a settlement', {
  ...named,
  /** Of the owner: from this day on the payment's days run (R21). */
  confirmedOn: z.exactOptional(day),
})
export type SettlementSigning = RequestOf<typeof settlementSigning>

const approval = z.strictObject({
  ...settled,
  overpaidFen: fen,
  approvedOn: day,
  approvedBy: hexDigest,
  /**
   * The contract's payments at this moment, as `payment` had them in the same transaction: vouchers 1 to n, chained up to the
   * head, sum to `vouchersFen`; of these `cancelledFen` were returned or reversed.
   */
  chain: z.strictObject({ ...chain, vouchersFen: fen, cancelledFen: fen, refundedFen: fen, certifiedFen: fen }),
})

const SettlementV1 = z.strictObject({
  kind: z.literal('settlement'),
  version: z.literal(1),
  projectCode,
  ...submitted,
  /** SIGNED by contractor and owner is final. */
  status: z.enum(['SUBMITTED', 'REVIEWED', 'APPROVED', 'SIGNED']),
  submittedBy: hexDigest,
  /** Of the cost consultant's engineer. */
  review: z.exactOptional(z.strictObject({ approvedFen: fen, reviewedOn: day, ...signature.shape })),
  approval: z.exactOptional(approval),
  signatures: z.array(z.strictObject({ party: z.enum(['contractor', 'owner']), ...signature.shape })),
  confirmedOn: z.exactOptional(day),
  /** The day by which an over-payment comes back (R02). */
  returnBy: z.exactOptional(day),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** 竣工结算 of a contract, in `charter`; a copy lies in `payment`. Key: `settlement:<contractNo>`. */
export const settlements = recordType('settlement', 'a settlement', SettlementV1)
export type Settlement = z.infer<typeof SettlementV1>
