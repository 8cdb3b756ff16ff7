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
  const serious = cumulativeFen * 10_000n > priceFen * BigInt(setting('seriousBp') as number)
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
