import { lineAmount } from '@caizheng/records'
import { rule, check } from './rule.js'

export interface BillFacts {
  readonly lines: readonly {
    readonly itemCode: string
    readonly qtyMilli: string
    readonly unitPriceFen: string
    readonly amountFen: string
  }[]
  /** What the lines must sum to, and what stands beside them in the price. */
  readonly priceFen: bigint
  readonly provisionalFen: bigint
}

/** R26, 金额整数分, of a bill: each line's amount, and their sum with the provisional sum is the price; no item twice. */
export const R26Bill = rule<BillFacts>('R26', ({ lines, priceFen, provisionalFen }) => {
  const wrong = lines.find(
    ({ qtyMilli, unitPriceFen, amountFen }) => lineAmount(BigInt(qtyMilli), BigInt(unitPriceFen)) !== BigInt(amountFen),
  )
  const sum = lines.reduce((total, { amountFen }) => total + BigInt(amountFen), provisionalFen)
  const codes = new Set(lines.map(({ itemCode }) => itemCode))
  return [
    check(wrong === undefined, 'REJECT', {
      case: 'LINE',
      expected: wrong
        ? `${wrong.itemCode}: ${lineAmount(BigInt(wrong.qtyMilli), BigInt(wrong.unitPriceFen))}`
        : 'floor((quantity × price + 500) / 1000)',
      actual: wrong ? wrong.amountFen : 'each line',
    }),
    check(sum === priceFen, 'REJECT', { case: 'SUM', expected: String(priceFen), actual: String(sum) }),
    check(codes.size === lines.length, 'REJECT', {
      case: 'ITEM_TWICE',
      expected: `${lines.length} different items`,
      actual: String(codes.size),
    }),
  ]
})
