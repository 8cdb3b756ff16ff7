import { rule, check } from './rule.js'

/** One material of a period: what the measured quantities need, and what was weighed. */
export interface MaterialFacts {
  readonly material: string
  /** Σ quantity (1/1000) × kilograms for a unit. */
  readonly neededMilliKg: bigint
  readonly weighedKg: bigint
}

/** R39, 材料称重核对: nothing is measured that more material would have been weighed for. Article §3.2. */
export const R39 = rule<{ readonly materials: readonly MaterialFacts[] }>('R39', ({ materials }, setting) => {
  const most = 10_000n + BigInt(setting('toleranceBp') as number)
  return materials.map(({ material, neededMilliKg, weighedKg }) =>
    check(neededMilliKg * 10_000n <= weighedKg * 1000n * most, 'FLAG', {
      expected: `${material} ≤ ${weighedKg} kg × ${most} / 10000`,
      actual: `${neededMilliKg / 1000n} kg`,
    }),
  )
})
