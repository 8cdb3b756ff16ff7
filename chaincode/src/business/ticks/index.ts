import type { RuleId } from '@caizheng/records'
import { disclosureTick } from './disclosure.js'
import { filingTick } from './filing.js'
import { finalAccountTick } from './final-account.js'
import { overdueTick } from './overdue.js'
import { overpaymentTick } from './overpayment.js'
import { retentionTick } from './retention.js'
import { settlementReviewTick } from './settlement-review.js'
import { stallTick } from './stall.js'
import type { Tick } from './tick.js'

/** What a tick has judge, by rule. */
export const ticks: Readonly<Partial<Record<RuleId, Tick>>> = {
  R02: overpaymentTick,
  R21: overdueTick,
  R29: settlementReviewTick,
  R30: finalAccountTick,
  R32: retentionTick,
  R37: stallTick,
  R41: filingTick,
  R42: disclosureTick,
}
