import { addDays } from './days.js'
import { rule, check, type Finding, type Setting } from './rule.js'

/** An approval, beside the submission, the review and the ledger. */
export interface SettlementFacts {
  readonly submittedFen: bigint
  readonly approvedFen: bigint
  readonly paidFen: bigint
  readonly payableFen: bigint
  readonly cashRetentionFen: bigint
  /** What was paid too much and comes back. */
  readonly overpaidFen: bigint
  /** As the contractor submitted, as the cost consultant reviewed. */
  readonly recordedFen: bigint
  readonly reviewedFen: bigint
  /** Σcash of the contract, less refunds; and what its vouchers that stand sum to, less refunds. */
  readonly ledgerFen: bigint
  readonly vouchersFen: bigint
  /** The chain: as the approver saw it, if they say so, and as it is. */
  readonly chain: { readonly vouchers: number; readonly head: string }
  readonly seen: { readonly vouchers: number; readonly head: string } | undefined
}

/**
 * R29, 结算勾稽: what was paid, is payable and is retained in cash makes up what is approved; a letter of guarantee is not cash.
 * What was paid beyond it comes back. 财建[2004]369号 art. 14(3).
 */
export const R29Settlement = rule<SettlementFacts>('R29', (facts) => {
  const { submittedFen, approvedFen, paidFen, payableFen, cashRetentionFen, overpaidFen, chain, seen } = facts
  const sum = paidFen + payableFen + cashRetentionFen - overpaidFen
  return [
    same('SUBMITTED', facts.recordedFen, submittedFen),
    same('REVIEWED', facts.reviewedFen, approvedFen),
    same('PAID', facts.ledgerFen, paidFen),
    check(sum === approvedFen, 'REJECT', {
      case: 'SUM',
      expected: String(approvedFen),
      actual: `${paidFen} + ${payableFen} + ${cashRetentionFen}${overpaidFen === 0n ? '' : ` - ${overpaidFen}`} = ${sum}`,
    }),
    check(payableFen === 0n || overpaidFen === 0n, 'REJECT', {
      case: 'OVERPAID',
      expected: 'something payable, or something paid too much',
      actual: `${payableFen} payable, ${overpaidFen} too much`,
    }),
    check(facts.vouchersFen === facts.ledgerFen, 'REJECT', {
      case: 'VOUCHERS',
      expected: `vouchers for all that was applied for: ${facts.ledgerFen}`,
      actual: String(facts.vouchersFen),
    }),
    check(seen === undefined || (seen.vouchers === chain.vouchers && seen.head === chain.head), 'REJECT', {
      case: 'CHAIN',
      expected: `${chain.vouchers} vouchers, head ${chain.head}`,
      actual: seen === undefined ? 'as it is' : `${seen.vouchers} vouchers, head ${seen.head}`,
    }),
  ]
})

/** R29 of a cost consultant's review: no more than was submitted. */
export const R29Reviewed = rule<{ readonly submittedFen: bigint; readonly approvedFen: bigint }>(
  'R29',
  ({ submittedFen, approvedFen }) => [
    check(approvedFen <= submittedFen, 'REJECT', {
      case: 'REVIEW',
      expected: `≤ ${submittedFen}`,
      actual: String(approvedFen),
    }),
  ],
)

function same(name: 'SUBMITTED' | 'REVIEWED' | 'PAID', expected: bigint, actual: bigint): Finding {
  return check(expected === actual, 'REJECT', { case: name, expected: String(expected), actual: String(actual) })
}

/** From these amounts on, the next number of days counts. */
const BANDS_FEN = [500_000_000n, 2_000_000_000n, 5_000_000_000n]

/** The last day of a settlement's review: longer for larger ones. */
function reviewBy(submittedOn: string, submittedFen: bigint, setting: Setting): string {
  const days = setting('reviewDays') as readonly number[]
  const band = BANDS_FEN.filter((least) => submittedFen >= least).length
  return addDays(submittedOn, days[band] ?? days.at(-1) ?? 0)
}

export interface ReviewTimeFacts {
  readonly submittedOn: string
  readonly submittedFen: bigint
  /** The day of the approval, or today while there is none. */
  readonly on: string
}

/** R29, the days of a settlement's review: an alert where it takes longer. 财建[2004]369号 art. 14(3). */
export const R29Days = rule<ReviewTimeFacts>('R29', ({ submittedOn, submittedFen, on }, setting) => {
  const by = reviewBy(submittedOn, submittedFen, setting)
  return [check(on <= by, 'ALERT', { case: 'DAYS', expected: `approved by ${by}`, actual: on })]
})
