import { budgets, invoices, otherCostApproval, otherCosts, persons, type OtherCostApproval } from '@caizheng/records'
import { useQuotas } from '../../business/quotas.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R18 } from '../../rules/r18-duties.js'
import { judgeOtherCost } from './record-other-cost.js'

/** Finance's approval of another cost: judged again, and then counted in budget, quotas and invoice (R18). */
export const approveOtherCost: TransactionType<OtherCostApproval> = {
  name: 'ApproveOtherCost',
  request: otherCostApproval,
  authority: [{ role: 'FINANCE_APPROVER' }],
  duty: 'R18',
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run(call) {
    const {
      request: { projectCode, costNo },
      actor,
      state,
      moment: { time },
      judgement,
      tx,
    } = call
    const cost = await state.load(otherCosts, projectCode, costNo)
    requireStatus(cost, 'RECORDED')
    const { uscc: creatorUscc } = await state.load(persons, cost.recordedBy)
    judgement.apply(R18, {
      persons: [
        { duty: 'creator', key: cost.recordedBy, uscc: creatorUscc },
        { duty: 'approver', key: actor.key, uscc: actor.uscc },
      ],
      creatorUscc,
      approverUsccs: [actor.uscc],
    })
    await judgeOtherCost({ state, judgement }, cost)
    const event = { time, tx }
    await useQuotas(state, cost.funding, event)
    const budget = await state.load(budgets, projectCode)
    const otherCostsFen = String(BigInt(budget.otherCostsFen) + BigInt(cost.amountFen))
    await state.save(budgets, [projectCode], { ...budget, otherCostsFen, ...event })
    if (cost.invoiceNo !== undefined) {
      const invoice = await state.load(invoices, cost.invoiceNo)
      const usedFen = String(BigInt(invoice.usedFen) + BigInt(cost.amountFen))
      await state.save(invoices, [cost.invoiceNo], { ...invoice, usedFen, ...event })
    }
    const record = { ...cost, status: 'APPROVED' as const, approvedBy: actor.key, ...event }
    await state.save(otherCosts, [projectCode, costNo], record)
    return { record }
  },
}
