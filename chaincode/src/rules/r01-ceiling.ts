import { rule, check } from './rule.js'

/** A project's budget beside what would be committed. */
export interface CeilingFacts {
  readonly approvedEstimateFen: bigint
  /** Contracts, changes and other costs so far, and what would come to them. */
  readonly committedFen: bigint
  readonly addedFen: bigint
  /** Each sub-item that it touches. */
  readonly subItems: readonly {
    readonly subItem: string
    readonly amountFen: bigint
    readonly committedFen: bigint
    readonly addedFen: bigint
  }[]
}

/** R01, 概算总额硬上限: everything under the approved estimate, each sub-item under its own. 政府投资条例 art. 23. */
export const R01 = rule<CeilingFacts>('R01', ({ approvedEstimateFen, committedFen, addedFen, subItems }) => [
  check(committedFen + addedFen <= approvedEstimateFen, 'REJECT', {
    case: 'TOTAL',
    expected: `≤ ${approvedEstimateFen}`,
    actual: `${committedFen} + ${addedFen}`,
  }),
  ...subItems.map((item) =>
    check(item.committedFen + item.addedFen <= item.amountFen, 'REJECT', {
      case: 'SUB_ITEM',
      expected: `${item.subItem} ≤ ${item.amountFen}`,
      actual: `${item.committedFen} + ${item.addedFen}`,
    }),
  ),
])

/** R01 of quotas: together no more than the approved estimate. */
export const R01Quotas = rule<{ readonly approvedEstimateFen: bigint; readonly quotasFen: bigint }>(
  'R01',
  ({ approvedEstimateFen, quotasFen }) => [
    check(quotasFen <= approvedEstimateFen, 'REJECT', {
      case: 'QUOTAS',
      expected: `≤ ${approvedEstimateFen}`,
      actual: String(quotasFen),
    }),
  ],
)
