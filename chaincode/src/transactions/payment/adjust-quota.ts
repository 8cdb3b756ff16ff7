import { budgets, quotaAdjustment, quotas, type QuotaAdjustment } from '@caizheng/records'
import { ceilingOf } from '../../business/ceiling.js'
import { recordCorrection } from '../../business/correction.js'
import { requireProject } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R01Quotas } from '../../rules/r01-ceiling.js'

/**
 * 调整预算指标. A quota may fall below what is used of it, as when a higher level takes money back: then nothing more is approved
 * from it (R45) until it rises again.
 */
export const adjustQuota: TransactionType<QuotaAdjustment> = {
  name: 'AdjustQuota',
  request: quotaAdjustment,
  authority: [{ role: 'BUDGET_OFFICER' }],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run(call) {
    const {
      request: { projectCode, budgetQuotaNo, newAmountFen, reason },
      state,
      moment: { time, day },
      judgement,
      tx,
    } = call
    const quota = await state.load(quotas, budgetQuotaNo)
    requireProject(quota, projectCode)
    const budget = await state.load(budgets, projectCode)
    const quotasFen = BigInt(budget.quotasFen) - BigInt(quota.amountFen) + BigInt(newAmountFen)
    judgement.apply(R01Quotas, { approvedEstimateFen: await ceilingOf(state, budget), quotasFen }).refuse()
    await state.save(budgets, [projectCode], { ...budget, quotasFen: String(quotasFen), time, tx })
    const record = { ...quota, amountFen: newAmountFen, time, tx }
    await state.save(quotas, [budgetQuotaNo], record)
    const adjusted = { projectCode, subject: budgetQuotaNo, reason, amountFen: newAmountFen, on: day }
    await recordCorrection(call, { type: 'AdjustQuota', ...adjusted })
    return { record }
  },
}
