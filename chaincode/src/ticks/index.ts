import type { RuleId } from '@caizheng/records'
import { filing } from './filing.js'
import { finalAccount } from './final-account.js'
import { overpayment } from './overpayment.js'
import { retention } from './retention.js'
import { settlementReview } from './settlement-review.js'
import { stall } from './stall.js'
import type { Tick } from './tick.js'

/** What a tick has judge, by rule. */
export const ticks: Readonly<Partial<Record<RuleId, Tick>>> = {
  R02: overpayment,
  R29: settlementReview,
  R30: finalAccount,
  R32: retention,
  R37: stall,
  R41: filing,
}
