import { daysBetween } from './days.js'
import { rule, check, type Setting } from './rule.js'

/** Days in which a small or private firm is paid: as agreed, within the law's bounds; its default where nothing is. */
export function daysToPay(agreed: number, setting: Setting): number {
  return agreed === 0 ? (setting('defaultDays') as number) : Math.min(agreed, setting('maxDays') as number)
}

export interface OverdueFacts {
  readonly dueOn: string
  readonly today: string
  readonly unpaidFen: bigint
}

/** R21, 中小及民营付款时限: an alert with the late interest. 保障中小企业款项支付条例(2025) arts. 9, 17, 18. */
export const R21 = rule<OverdueFacts>('R21', ({ dueOn, today, unpaidFen }, setting) => {
  const days = daysBetween(dueOn, today)
  const daily = BigInt(setting('dailyInterestBpX100') as number)
  const interest = days > 0 ? (unpaidFen * daily * BigInt(days) + 500_000n) / 1_000_000n : 0n
  return [
    check(days <= 0 || unpaidFen === 0n, 'ALERT', {
      expected: `paid by ${dueOn}`,
      actual:
        days <= 0 || unpaidFen === 0n ? 'in time' : `${unpaidFen} unpaid for ${days} days, late interest ${interest}`,
    }),
  ]
})
