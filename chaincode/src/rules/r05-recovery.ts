import { rule, check } from './rule.js'

export interface RecoveryFacts {
  readonly kind: 'ADVANCE' | 'PROGRESS' | 'SETTLEMENT' | 'RETENTION_RELEASE'
  readonly recoveryFen: bigint
  readonly advanceFen: bigint
  readonly recoveredFen: bigint
}

/** R05, 预付款扣回: never more than was advanced, and all of it before the settlement. 财建[2004]369号 arts. 12–13. */
export const R05 = rule<RecoveryFacts>('R05', ({ kind, recoveryFen, advanceFen, recoveredFen }) => {
  if (kind === 'ADVANCE') {
    return [check(recoveryFen === 0n, 'HOLD', { case: 'ADVANCE', expected: '0', actual: String(recoveryFen) })]
  }
  const recovered = recoveredFen + recoveryFen
  return [
    check(recovered <= advanceFen, 'HOLD', {
      case: 'MOST',
      expected: `≤ ${advanceFen}`,
      actual: `${recoveredFen} + ${recoveryFen}`,
    }),
    ...(kind === 'SETTLEMENT'
      ? [
          check(recovered === advanceFen, 'HOLD', {
            case: 'ALL',
            expected: String(advanceFen),
            actual: String(recovered),
          }),
        ]
      : []),
  ]
})
