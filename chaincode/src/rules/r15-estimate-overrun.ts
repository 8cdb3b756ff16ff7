import { rule, check } from './rule.js'

export interface EstimateFacts {
  readonly investmentEstimateFen: bigint
  readonly approvedEstimateFen: bigint
}

/** R15, 概算超估算10%: an estimate that far over the feasibility's goes back to the development bureau. 政府投资条例 art. 12. */
export const R15 = rule<EstimateFacts>('R15', ({ investmentEstimateFen, approvedEstimateFen }, setting) => {
  const most = 10_000n + BigInt(setting('maxOverBp') as number)
  return [
    check(approvedEstimateFen * 10_000n <= investmentEstimateFen * most, 'HOLD', {
      expected: `≤ ${investmentEstimateFen} × ${most} / 10000`,
      actual: String(approvedEstimateFen),
    }),
  ]
})
