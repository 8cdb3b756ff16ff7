import { rule, check } from './rule.js'

export interface ReviewFacts {
  readonly submittedFen: bigint
  readonly approvedFen: bigint
  readonly reductionFen: bigint
  readonly reductionRateBp: number
}

/** R29, the arithmetic of a review: 核减额 and 核减率 follow from 送审 and 审定. 财建[2004]369号 art. 14(3). */
export const R29Review = rule<ReviewFacts>('R29', ({ submittedFen, approvedFen, reductionFen, reductionRateBp }) => {
  const rate = submittedFen === 0n ? 0n : (2n * reductionFen * 10_000n + submittedFen) / (2n * submittedFen)
  return [
    check(approvedFen <= submittedFen, 'REJECT', {
      case: 'APPROVED',
      expected: `≤ ${submittedFen}`,
      actual: String(approvedFen),
    }),
    check(submittedFen - approvedFen === reductionFen, 'REJECT', {
      case: 'REDUCTION',
      expected: String(submittedFen - approvedFen),
      actual: String(reductionFen),
    }),
    check(rate === BigInt(reductionRateBp), 'REJECT', {
      case: 'RATE',
      expected: `${rate} / 10000`,
      actual: `${reductionRateBp} / 10000`,
    }),
  ]
})
