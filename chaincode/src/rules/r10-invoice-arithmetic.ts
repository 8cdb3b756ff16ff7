import { rule, check } from './rule.js'

export interface InvoiceFacts {
  readonly invoiceNo: string
  readonly issueDate: string
  readonly today: string
  readonly netFen: bigint
  readonly taxFen: bigint
  readonly grossFen: bigint
  readonly taxRateBp: number
  readonly lineCount: number
}

/** R10, 发票算术: its sum, its tax to a fen for each line, its year, its day. 发票管理办法. */
export const R10 = rule<InvoiceFacts>('R10', (facts) => {
  const { invoiceNo, issueDate, today, netFen, taxFen, grossFen, taxRateBp, lineCount } = facts
  const tax = (netFen * BigInt(taxRateBp) + 5_000n) / 10_000n
  const off = taxFen > tax ? taxFen - tax : tax - taxFen
  return [
    check(netFen + taxFen === grossFen, 'REJECT', {
      case: 'SUM',
      expected: String(grossFen),
      actual: `${netFen} + ${taxFen}`,
    }),
    check(off <= BigInt(lineCount), 'REJECT', {
      case: 'TAX',
      expected: `${tax} ± ${lineCount}`,
      actual: String(taxFen),
    }),
    check(invoiceNo.slice(0, 2) === issueDate.slice(2, 4), 'REJECT', {
      case: 'YEAR',
      expected: `a number that begins with ${issueDate.slice(2, 4)}`,
      actual: invoiceNo.slice(0, 2),
    }),
    check(issueDate <= today, 'REJECT', { case: 'DAY', expected: `no later than ${today}`, actual: issueDate }),
  ]
})
