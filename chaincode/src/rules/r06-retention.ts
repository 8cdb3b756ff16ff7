import { rule, check } from './rule.js'

export interface RetentionFacts {
  readonly approvedFen: bigint
  readonly cashRetentionFen: bigint
  /** As the approval says, and as the letters and deposits that are held sum to. */
  readonly guaranteeFen: bigint
  readonly heldFen: bigint
}

/** R06, 质保金上限: in cash or by a letter, never both, and within its most. 财建〔2022〕183号 §1; 建质〔2017〕138号 arts. 6–7. */
export const R06 = rule<RetentionFacts>('R06', (facts, setting) => {
  const { approvedFen, cashRetentionFen, guaranteeFen, heldFen } = facts
  const most = BigInt(setting('maxRetentionBp') as number)
  return [
    check(cashRetentionFen === 0n || guaranteeFen === 0n, 'REJECT', {
      case: 'BOTH',
      expected: 'retention in cash, or a guarantee',
      actual: `${cashRetentionFen} in cash, ${guaranteeFen} guaranteed`,
    }),
    check((cashRetentionFen + guaranteeFen) * 10_000n <= approvedFen * most, 'REJECT', {
      case: 'MOST',
      expected: `≤ ${approvedFen} × ${most} / 10000 = ${(approvedFen * most) / 10_000n}`,
      actual: String(cashRetentionFen + guaranteeFen),
    }),
    check(guaranteeFen === heldFen, 'REJECT', {
      case: 'HELD',
      expected: `${heldFen}, as is held`,
      actual: String(guaranteeFen),
    }),
  ]
})

/** R06 of a quality deposit after the settlement: none beside retention in cash. */
export const R06Deposit = rule<{ readonly cashRetentionFen: bigint; readonly amountFen: bigint }>(
  'R06',
  ({ cashRetentionFen, amountFen }) => [
    check(cashRetentionFen === 0n, 'REJECT', {
      case: 'BESIDE_CASH',
      expected: 'no deposit beside retention in cash',
      actual: `${amountFen} beside ${cashRetentionFen}`,
    }),
  ],
)
