import { rule, check } from './rule.js'

export interface OpeningFacts {
  readonly underWay: boolean
  readonly asOf: string
  readonly today: string
  readonly advanceFen: bigint
  readonly recoveredFen: bigint
}

/** R47, 期初余额, as signed by the owner: of a project that came on the chain under way. Our design. */
export const R47Record = rule<OpeningFacts>('R47', ({ underWay, asOf, today, advanceFen, recoveredFen }) => [
  check(underWay, 'REJECT', {
    case: 'UNDER_WAY',
    expected: 'a project under way',
    actual: underWay ? 'under way' : 'it began on the chain',
  }),
  check(asOf <= today, 'REJECT', { case: 'AS_OF', expected: `no later than ${today}`, actual: asOf }),
  check(recoveredFen <= advanceFen, 'REJECT', {
    case: 'RECOVERED',
    expected: `≤ ${advanceFen}`,
    actual: String(recoveredFen),
  }),
])

/** R47 as confirmed: by finance, not by the owner again. */
export const R47Confirmation = rule<{ readonly ownerUscc: string; readonly confirmerUscc: string }>(
  'R47',
  ({ ownerUscc, confirmerUscc }) => [
    check(ownerUscc !== confirmerUscc, 'REJECT', {
      case: 'SECOND_SIGNATURE',
      expected: `not of ${ownerUscc}`,
      actual: confirmerUscc,
    }),
  ],
)
