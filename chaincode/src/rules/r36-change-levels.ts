import { rule, check } from './rule.js'

export interface ChangeFacts {
  readonly fundedBy: 'PROVISIONAL' | 'NEW_BUDGET'
  readonly amountFen: bigint
  /** What changes have taken of the provisional sum, and what is left of it. */
  readonly provisionalUsedFen: bigint
  readonly provisionalLeftFen: bigint
  /** All approved changes with this one, without their signs. */
  readonly cumulativeFen: bigint
  readonly priceFen: bigint
  readonly siteOrScopeChange: boolean
  /** Roles that have signed, the approving owner included. */
  readonly signed: readonly string[]
}

/** R36, 变更分级: who must sign depends on how much changes. 政府投资条例 art. 21; the level is an option. */
export const R36 = rule<ChangeFacts>('R36', (facts, setting) => {
  const {
    fundedBy,
    amountFen,
    provisionalUsedFen,
    provisionalLeftFen,
    cumulativeFen,
    priceFen,
    siteOrScopeChange,
    signed,
  } = facts
  const serious = isSerious(cumulativeFen, priceFen, setting('seriousBp') as number)
  const needed = [
    'OWNER_PROJECT_LEAD',
    'CHIEF_SUPERVISION_ENGINEER',
    ...(serious || fundedBy === 'NEW_BUDGET' ? ['FINANCE_REVIEWER'] : []),
    ...(siteOrScopeChange ? ['DEVELOPMENT_OFFICER'] : []),
  ]
  const missing = needed.filter((role) => !signed.includes(role))
  return [
    check(missing.length === 0, 'REJECT', {
      case: 'SIGNATURES',
      expected: needed.join(', '),
      actual: missing.length === 0 ? 'all signed' : `missing: ${missing.join(', ')}`,
    }),
    ...(fundedBy === 'PROVISIONAL'
      ? [
          // What was never taken of the provisional sum cannot be given back to it.
          check(amountFen <= provisionalLeftFen && amountFen >= -provisionalUsedFen, 'REJECT', {
            case: 'PROVISIONAL',
            expected: `${-provisionalUsedFen} to ${provisionalLeftFen}`,
            actual: String(amountFen),
          }),
        ]
      : []),
  ]
})

/** Whether changes together are so large a part of a price that finance decides too, and all three organisations endorse. */
export function isSerious(cumulativeFen: bigint, priceFen: bigint, seriousBp: number): boolean {
  return cumulativeFen * 10_000n > priceFen * BigInt(seriousBp)
}

/** What a line says of its item. */
interface ItemTerms {
  readonly unit: string
  readonly unitPriceFen: string
  readonly subItem: string
}

export interface ChangedItem {
  readonly itemCode: string
  readonly changed: ItemTerms
  /** As the bill has it; `undefined` for an item that comes new. */
  readonly bill: ItemTerms | undefined
  /** Bill and changes, this one included. */
  readonly leftMilli: bigint
  readonly measuredMilli: bigint
  /** The change takes of it. */
  readonly lessened: boolean
}

/** R36 of a change's lines: at the bill's own price, of its sub-item, and nothing taken away that is built. GB/T 50500 §8.3. */
export const R36Items = rule<{ readonly items: readonly ChangedItem[] }>('R36', ({ items }) =>
  items.flatMap(({ itemCode, changed, bill, leftMilli, measuredMilli, lessened }) => [
    ...(bill === undefined
      ? []
      : [
          check(termsOf(changed) === termsOf(bill), 'REJECT', {
            case: 'BILL',
            expected: `${itemCode}: ${termsOf(bill)}`,
            actual: termsOf(changed),
          }),
        ]),
    ...(lessened
      ? [
          check(leftMilli >= measuredMilli, 'REJECT', {
            case: 'MEASURED',
            expected: `${itemCode} ≥ ${measuredMilli}`,
            actual: String(leftMilli),
          }),
        ]
      : []),
  ]),
)

const termsOf = ({ unit, unitPriceFen, subItem }: ItemTerms): string => `${unitPriceFen} / ${unit}, ${subItem}`
