import * as z from 'zod/mini'
import { projectCode, uscc } from '../schema/fields.js'
import { basisPoints, count, fen } from '../schema/amounts.js'
import { businessNumber, codeName, day } from '../schema/ids.js'
import { contractKinds } from './kinds.js'

/** What the parties agreed, as the rules read it. */
export const terms = {
  /** Short enough for its vouchers' numbers, which begin with it. */
  contractNo: businessNumber.check(z.maxLength(56)),
  projectCode,
  kind: z.enum(contractKinds),
  ownerUscc: uscc,
  contractorUscc: uscc,
  /** Joint bidders beside the contractor, who leads them. */
  jointUsccs: z.exactOptional(z.array(uscc).check(z.minLength(1), z.maxLength(10))),
  supervisionFirmUscc: z.exactOptional(uscc),
  signedOn: day,
  priceFen: fen,
  /** 暂列金额, a part of the price. */
  provisionalFen: fen,
  /** The budget sub-item that the provisional sum is mapped to; null without one. */
  provisionalSubItem: z.nullable(codeName),
  /** 预付款 */
  advanceFen: fen,
  /** What of the certified work is paid as it goes on (R03). */
  progressRateBp: basisPoints,
  /** The wage part of each progress payment (R20). */
  wageRateBp: basisPoints,
  retentionRateBp: basisPoints,
  retentionMode: z.enum(['CASH', 'BANK_GUARANTEE']),
  /** Days from the owner's confirmation to the payment (R21). */
  payDays: count(3650),
  plannedDays: count(36_500),
  /** 缺陷责任期 */
  liabilityMonths: count(1200),
  /** Refused for small and private firms (R44). */
  auditResultIsSettlementBasis: z.boolean(),
  /** The tender that it comes from; needed from the threshold on (R33). */
  tenderNo: z.exactOptional(businessNumber),
}
