import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { count, fen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { Verdict } from '../verdicts/verdict.js'
import { invoiceNumber } from '../invoice/invoice.js'
import { payee } from './account.js'

export const applicationKinds = ['ADVANCE', 'PROGRESS', 'SETTLEMENT', 'RETENTION_RELEASE'] as const

/** One line pays one account from one source; once approved it is one voucher. */
const line = z.strictObject({
  lineNo: count(200).check(z.minimum(1)),
  budgetQuotaNo: businessNumber,
  account: payee,
  accountDigest: hexDigest,
  /** None where persons are paid. */
  invoiceNo: z.exactOptional(invoiceNumber),
  amountFen: fen,
})
export type ApplicationLine = z.infer<typeof line>

const shape = {
  applicationNo: businessNumber,
  projectCode,
  contractNo: businessNumber,
  kind: z.enum(applicationKinds),
  grossFen: fen,
  /** 预付款扣回 */
  recoveryFen: fen,
  /** gross − recovery; Σ of the lines. */
  netFen: fen,
  lines: z.array(line).check(
    z.minLength(1),
    z.maxLength(100),
    z.refine((lines) => new Set(lines.map(({ lineNo }) => lineNo)).size === lines.length, 'must number each line once'),
  ),
  /** Of a PROGRESS application: its measured period. */
  periodNo: z.exactOptional(count(10_000).check(z.minimum(1))),
  certifiedFen: z.exactOptional(fen),
  /** A HELD application that this one takes the place of. */
  supersedes: z.exactOptional(businessNumber),
}

/** `SubmitApplication` */
export const applicationRequest = requestType('a payment application', shape)
export type ApplicationRequest = RequestOf<typeof applicationRequest>

/** `ApproveApplication` */
export const applicationApproval = requestType("a payment application's approval", {
  applicationNo: businessNumber,
  stage: z.enum(['OWNER', 'FINANCE']),
})
export type ApplicationApproval = RequestOf<typeof applicationApproval>

export const applicationStatuses = [
  'HELD',
  'SUPERSEDED',
  'PAYABLE',
  'OWNER_APPROVED',
  'APPROVED',
  'PARTLY_PAID',
  'PAID',
  'REVERSED',
] as const

const { kind: applicationKind, ...rest } = shape
const ApplicationV1 = z.strictObject({
  kind: z.literal('application'),
  version: z.literal(1),
  ...rest,
  applicationKind,
  status: z.enum(applicationStatuses),
  /** Every verdict at its submission; kept when a special approval overrides some. */
  verdicts: z.array(Verdict),
  /** Rules that were on trial. */
  shadow: z.array(z.string()),
  /** The set of settings that it was judged under, and the rules' release: `Explain` replays it with them. */
  settings: z.int(),
  release: z.string(),
  /** The special approval that let it pass (R46). */
  specialApproval: z.exactOptional(businessNumber),
  /** Last day to pay by, where the payee is a small or private firm (R21). */
  dueOn: z.exactOptional(day),
  /** It was entered later than it happened. */
  backfilled: z.exactOptional(z.literal(true)),
  submittedBy: hexDigest,
  ownerApprovedBy: z.exactOptional(hexDigest),
  financeApprovedBy: z.exactOptional(hexDigest),
  /** The moment of each status that it went through. */
  steps: z.array(z.strictObject({ status: z.enum(applicationStatuses), at: timestamp })),
  /** Number, within the contract, of the first of its vouchers: one a line, issued together. */
  firstVoucher: z.exactOptional(z.int()),
  /** Vouchers paid of those issued. */
  paidVouchers: z.int(),
  time: timestamp,
  tx: hexDigest,
})

/** 支付申请. Key: `application:<applicationNo>`. */
export const applications = recordType('application', 'a payment application', ApplicationV1)
export type Application = z.infer<typeof ApplicationV1>
