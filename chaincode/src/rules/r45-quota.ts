import { rule, check, type Finding } from './rule.js'

/** One quota beside what would be taken of it. */
export interface QuotaFacts {
  readonly budgetQuotaNo: string
  readonly year: number
  readonly amountFen: bigint
  readonly usedFen: bigint
  readonly addedFen: bigint
}

/** R45, 预算指标可用额度: no quota is overdrawn, and each pays in its own year. 预算法 arts. 13, 57, 61. */
export const R45 = rule<{
  readonly quotas: readonly QuotaFacts[]
  /** Numbers that name no quota of the project. */
  readonly unknown: readonly string[]
  readonly year: number
  /** `HOLD` of an application, `REJECT` of everything else. */
  readonly outcome: 'HOLD' | 'REJECT'
}>('R45', ({ quotas, unknown, year, outcome }) => [
  ...unknown.map((budgetQuotaNo): Finding => ({
    outcome,
    case: 'QUOTA',
    expected: 'a quota of the project',
    actual: budgetQuotaNo,
  })),
  ...quotas.flatMap((quota) => [
    check(quota.usedFen + quota.addedFen <= quota.amountFen, outcome, {
      case: 'AVAILABLE',
      expected: `${quota.budgetQuotaNo} ≤ ${quota.amountFen}`,
      actual: `${quota.usedFen} + ${quota.addedFen}`,
    }),
    check(quota.year === year, outcome, {
      case: 'YEAR',
      expected: `${quota.budgetQuotaNo} of ${quota.year}`,
      actual: `paid in ${year}`,
    }),
  ]),
])
