import { budgets, projects, subItemsRequest, type Budget, type SubItemsRequest } from '@caizheng/records'
import type { TransactionType } from '../../business/transaction.js'
import { R01 } from '../../rules/r01-ceiling.js'

/** The budget's sub-items: together the approved estimate that the development bureau attested (R01). Set once. */
export const setBudgetSubItems: TransactionType<SubItemsRequest> = {
  name: 'SetBudgetSubItems',
  request: subItemsRequest,
  authority: [{ role: 'FINANCE_REVIEWER' }],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request: { projectCode, approvedEstimateFen, items }, state, moment: { time }, judgement, tx }) {
    const project = await state.load(projects, projectCode)
    const sum = items.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n)
    judgement
      .apply(R01, {
        approvedEstimateFen: BigInt(project.approvedEstimateFen ?? '0'),
        committedFen: 0n,
        addedFen: BigInt(approvedEstimateFen),
        subItems: [{ subItem: 'all', amountFen: BigInt(approvedEstimateFen), committedFen: 0n, addedFen: sum }],
      })
      .refuse()
    const record: Budget = {
      kind: 'budget',
      version: 1,
      projectCode,
      approvedEstimateFen,
      items: items.map((item) => ({ ...item, committedFen: '0' })),
      contractsFen: '0',
      changesFen: '0',
      otherCostsFen: '0',
      quotasFen: '0',
      time,
      tx,
    }
    await state.create(budgets, [projectCode], record)
    return { record: await state.load(budgets, projectCode) }
  },
}
