import { budgets, projects, quotaRequest, quotas, type Quota, type QuotaRequest } from '@caizheng/records'
import { ceilingOf } from '../../business/ceiling.js'
import { anchor } from '../../business/anchor.js'
import type { TransactionType } from '../../business/transaction.js'
import { R01Quotas } from '../../rules/r01-ceiling.js'

/** 下达预算指标: money of one source and year for a project; together within the approved estimate (R01). */
export const allocateQuota: TransactionType<QuotaRequest> = {
  name: 'AllocateQuota',
  request: quotaRequest,
  authority: [{ role: 'BUDGET_OFFICER' }],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request: { document, ...quota }, actor, state, moment: { time }, judgement, tx, context }) {
    const { projectCode, budgetQuotaNo, amountFen } = quota
    await state.load(projects, projectCode)
    const budget = await state.load(budgets, projectCode)
    const quotasFen = BigInt(budget.quotasFen) + BigInt(amountFen)
    const record: Quota = { kind: 'quota', version: 1, ...quota, usedFen: '0', time, tx }
    if ((await state.find(quotas, budgetQuotaNo)) === undefined) {
      judgement.apply(R01Quotas, { approvedEstimateFen: await ceilingOf(state, budget), quotasFen }).refuse()
      await state.save(budgets, [projectCode], { ...budget, quotasFen: String(quotasFen), time, tx })
    }
    const created = await state.create(quotas, [budgetQuotaNo], record)
    if (created && document !== undefined) await anchor(context, projectCode, actor.uscc, document)
    return { record: await state.load(quotas, budgetQuotaNo) }
  },
}
