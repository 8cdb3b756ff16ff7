import * as z from 'zod/mini'
import { hexDigest, timestamp } from '../schema/fields.js'
import { fen, signedFen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'

/**
 * The running totals of a contract, in `payment`: what a payment needs to know of all payments before it, so that its cost
 * does not grow with their number. Sums run over applications that are PAYABLE, approved or paid; HELD ones count nothing.
 */
const ContractTotalsV1 = z.strictObject({
  kind: z.literal('contractTotals'),
  version: z.literal(1),
  contractNo: businessNumber,
  /** All measures of all periods. */
  certifiedFen: fen,
  /** Gross of PROGRESS applications. */
  grossFen: fen,
  /** Of ADVANCE applications. */
  advanceFen: fen,
  recoveredFen: fen,
  /** Net of all applications. */
  cashFen: fen,
  /** Over-payments that came back: what is really out is cash less this. */
  refundedFen: fen,
  /** Of SETTLEMENT and of RETENTION_RELEASE applications. */
  settlementFen: fen,
  retentionFen: fen,
  /** Quality deposits and letters of guarantee that are held (R06). */
  qualityGuaranteeFen: fen,
  /** Approved changes, by what pays them. */
  changesProvisionalFen: fen,
  changesBudgetFen: signedFen,
  /** All of them without their signs: what is added and taken away again is a change twice (R36). */
  changesAbsoluteFen: fen,
  /** Vouchers issued, and the digest of the last: H0 before the first. */
  vouchers: z.int(),
  head: hexDigest,
  /** Σ of all vouchers issued; of these, what was returned or reversed: the rest stands. */
  vouchersFen: fen,
  cancelledFen: fen,
  /** The last measured period, and the day of the last verified site evidence (R37). */
  lastPeriod: z.int(),
  lastEvidenceAt: z.exactOptional(timestamp),
  /** First day of the current stop, while works are stopped with approval (R37). */
  stoppedOn: z.exactOptional(day),
  /** First day after the last stop. */
  resumedOn: z.exactOptional(day),
  /** A court's freeze of the contractor's money: everything but wages waits. */
  frozenBy: z.exactOptional(businessNumber),
  time: timestamp,
})

/** Key: `contractTotals:<contractNo>`. */
export const contractTotals = recordType('contractTotals', "a contract's totals", ContractTotalsV1)
export type ContractTotals = z.infer<typeof ContractTotalsV1>
