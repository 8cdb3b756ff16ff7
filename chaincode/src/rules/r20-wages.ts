import { rule, check } from './rule.js'

export interface WageFacts {
  readonly kind: 'ADVANCE' | 'PROGRESS' | 'SETTLEMENT' | 'RETENTION_RELEASE'
  readonly grossFen: bigint
  readonly wageRateBp: number
  /** Σ of the lines to the WAGE account. */
  readonly wageFen: bigint
  /** Days of the measured period, both ends counted; `undefined` without a measure. */
  readonly periodDays: number | undefined
}

/** The longest month. */
const MONTH_DAYS = 31

/** R20, 工资专户: the agreed part of each progress payment, and of no other, to the wage account. 保障农民工工资支付条例 art. 24. */
export const R20 = rule<WageFacts>('R20', ({ kind, grossFen, wageRateBp, wageFen, periodDays }, setting) => {
  const part = kind === 'PROGRESS' ? (BigInt(wageRateBp) * grossFen) / 10_000n : 0n
  const monthly = setting('certificatePeriodMonthly') === true && periodDays !== undefined
  return [
    check(wageFen === part, 'HOLD', { expected: String(part), actual: String(wageFen) }),
    ...(monthly
      ? [
          check(periodDays <= MONTH_DAYS, 'WARN', {
            case: 'MONTH',
            expected: `a period of ${MONTH_DAYS} days at most`,
            actual: `${periodDays} days`,
          }),
        ]
      : []),
  ]
})
