import { rule, check } from './rule.js'

/** R03, 进度款比例, of a contract with a public payer: no lower than the floor. 财建〔2022〕183号 §1. */
export const R03Contract = rule<{ readonly progressRateBp: number }>('R03', ({ progressRateBp }, setting) => {
  const least = setting('minProgressRateBp') as number
  return [
    check(progressRateBp >= least, 'REJECT', {
      case: 'FLOOR',
      expected: `≥ ${least} / 10000`,
      actual: `${progressRateBp} / 10000`,
    }),
  ]
})

export interface ProgressFacts {
  readonly grossFen: bigint
  readonly certifiedFen: bigint
}

/** R03 of an application: no more than the cap of what is certified. */
export const R03Application = rule<ProgressFacts>('R03', ({ grossFen, certifiedFen }, setting) => {
  const most = BigInt(setting('maxProgressRateBp') as number)
  return [
    check(grossFen * 10_000n <= certifiedFen * most, 'HOLD', {
      case: 'CAP',
      expected: `≤ ${certifiedFen} × ${most} / 10000`,
      actual: String(grossFen),
    }),
  ]
})
