import { lineAmount } from '@caizheng/records'
import { rule, check } from './rule.js'

export interface MeasureFacts {
  readonly lines: readonly {
    readonly itemCode: string
    readonly qtyMilli: bigint
    readonly unitPriceFen: bigint
    readonly amountFen: bigint
  }[]
  readonly certifiedFen: bigint
  /** The period before it, and its own. */
  readonly lastPeriod: number
  readonly periodNo: number
  readonly periodStart: string
  readonly periodEnd: string
  readonly lastEnd: string | undefined
}

/** R08, 三单匹配, of a measure: lines at the bill's prices, their sum, periods one after the other without overlap. */
export const R08Measure = rule<MeasureFacts>('R08', (facts) => {
  const { lines, certifiedFen, lastPeriod, periodNo, periodStart, periodEnd, lastEnd } = facts
  const wrong = lines.find((line) => lineAmount(line.qtyMilli, line.unitPriceFen) !== line.amountFen)
  const sum = lines.reduce((total, { amountFen }) => total + amountFen, 0n)
  return [
    check(wrong === undefined, 'REJECT', {
      case: 'LINE',
      expected: wrong ? `${wrong.itemCode}: ${lineAmount(wrong.qtyMilli, wrong.unitPriceFen)}` : 'quantity × price',
      actual: wrong ? String(wrong.amountFen) : 'each line',
    }),
    check(sum === certifiedFen, 'REJECT', { case: 'SUM', expected: String(sum), actual: String(certifiedFen) }),
    check(periodNo === lastPeriod + 1, 'REJECT', {
      case: 'PERIOD',
      expected: `period ${lastPeriod + 1}`,
      actual: `period ${periodNo}`,
    }),
    check(periodStart <= periodEnd && (lastEnd === undefined || periodStart > lastEnd), 'REJECT', {
      case: 'DAYS',
      expected: lastEnd === undefined ? 'a first day, then a last' : `after ${lastEnd}`,
      actual: `${periodStart} to ${periodEnd}`,
    }),
  ]
})
