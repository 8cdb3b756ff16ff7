import { rule, check } from './rule.js'

export interface DepositFacts {
  readonly kind: 'BID' | 'PERFORMANCE' | 'QUALITY' | 'WAGE'
  readonly amountFen: bigint
  /** The tender's ceiling, of a bid deposit; `undefined` without a tender. */
  readonly ceilingFen: bigint | undefined
  readonly priceFen: bigint
}

/** R35, 保证金种类: bid and performance deposits have their most. 招标投标法实施条例 arts. 26, 58. */
export const R35 = rule<DepositFacts>('R35', ({ kind, amountFen, ceilingFen, priceFen }, setting) => {
  const most = (base: bigint, name: string) => {
    const rate = BigInt(setting(name) as number)
    return check(amountFen * 10_000n <= base * rate, 'REJECT', {
      case: kind,
      expected: `≤ ${base} × ${rate} / 10000`,
      actual: String(amountFen),
    })
  }
  if (kind === 'BID') return [most(ceilingFen ?? priceFen, 'maxBidBp')]
  if (kind === 'PERFORMANCE') return [most(priceFen, 'maxPerformanceBp')]
  return []
})
