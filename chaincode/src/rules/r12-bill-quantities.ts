import { absolute } from './absolute.js'
import { rule, check, type Finding } from './rule.js'

/** One item beside what is measured of it. */
export interface MeasuredItem {
  readonly itemCode: string
  readonly billMilli: bigint
  readonly changedMilli: bigint
  readonly measuredMilli: bigint
  readonly addedMilli: bigint
}

/** R12, 清单超量: no item over its bill and approved changes; a large change is flagged. GB/T 50500-2024 §8.9 (15 %). */
export const R12 = rule<{ readonly items: readonly MeasuredItem[]; readonly unknown: readonly string[] }>(
  'R12',
  ({ items, unknown }, setting) => {
    const drift = BigInt(setting('driftFlagBp') as number)
    return [
      ...unknown.map((itemCode): Finding => ({
        outcome: 'REJECT',
        case: 'ITEM',
        expected: 'an item of the bill',
        actual: itemCode,
      })),
      ...items.flatMap(({ itemCode, billMilli, changedMilli, measuredMilli, addedMilli }) => [
        check(measuredMilli + addedMilli <= billMilli + changedMilli, 'REJECT', {
          case: 'QUANTITY',
          expected: `${itemCode} ≤ ${billMilli} + ${changedMilli}`,
          actual: `${measuredMilli} + ${addedMilli}`,
        }),
        // A new item of a change has no quantity to drift from.
        ...(billMilli > 0n && absolute(changedMilli) * 10_000n > billMilli * drift
          ? [
              {
                outcome: 'FLAG' as const,
                case: 'DRIFT',
                expected: `${itemCode}: change ≤ ${drift} / 10000`,
                actual: `${changedMilli} of ${billMilli}`,
              },
            ]
          : []),
      ]),
    ]
  },
)
