import { quotas } from '@caizheng/records'
import type { QuotaFacts } from '../rules/r45-quota.js'
import type { State } from './state.js'

/** Money out of one quota. */
export interface Funding {
  readonly budgetQuotaNo: string
  readonly amountFen: string
}

/** What R45 judges: each quota once, with all that is taken of it. */
export async function quotaFacts(
  state: State,
  projectCode: string,
  funding: readonly Funding[],
): Promise<{ quotas: QuotaFacts[]; unknown: string[] }> {
  const facts: QuotaFacts[] = []
  const unknown: string[] = []
  for (const [budgetQuotaNo, addedFen] of sums(funding)) {
    const quota = await state.find(quotas, budgetQuotaNo)
    if (quota?.projectCode !== projectCode) unknown.push(budgetQuotaNo)
    else {
      const { year, amountFen, usedFen } = quota
      facts.push({ budgetQuotaNo, year, amountFen: BigInt(amountFen), usedFen: BigInt(usedFen), addedFen })
    }
  }
  return { quotas: facts, unknown }
}

/** Takes money out of quotas; gives it back where the sign is negative. */
export async function useQuotas(
  state: State,
  funding: readonly Funding[],
  event: { readonly time: string; readonly tx: string },
  sign: 1n | -1n = 1n,
): Promise<void> {
  for (const [budgetQuotaNo, fen] of sums(funding)) {
    const quota = await state.load(quotas, budgetQuotaNo)
    const usedFen = String(BigInt(quota.usedFen) + sign * fen)
    await state.save(quotas, [budgetQuotaNo], { ...quota, usedFen, ...event })
  }
}

function sums(funding: readonly Funding[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { budgetQuotaNo, amountFen } of funding) {
    sums.set(budgetQuotaNo, (sums.get(budgetQuotaNo) ?? 0n) + BigInt(amountFen))
  }
  return sums
}
