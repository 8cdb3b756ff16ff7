import {
  budgets,
  persons,
  projects,
  reallocationApproval,
  reallocations,
  type ReallocationApproval,
} from '@caizheng/records'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { moved, R17 } from '../../rules/r17-reallocation.js'
import { R18 } from '../../rules/r18-duties.js'
import { reallocationFacts } from './reallocate-budget.js'

/** Finance's approval of a reallocation: judged again against the budget of now, and then in force (R17, R18). */
export const approveReallocation: TransactionType<ReallocationApproval> = {
  name: 'ApproveReallocation',
  request: reallocationApproval,
  authority: [{ role: 'FINANCE_REVIEWER' }],
  duty: 'R18',
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request: { projectCode, reallocationNo }, actor, state, moment: { time }, judgement, tx }) {
    const reallocation = await state.load(reallocations, projectCode, reallocationNo)
    requireStatus(reallocation, 'PROPOSED')
    const budget = await state.load(budgets, projectCode)
    const { ownerUscc } = await state.load(projects, projectCode)
    const facts = reallocationFacts(budget, reallocation.moves)
    const proposer = await state.load(persons, reallocation.proposedBy)
    judgement
      .apply(R17, facts)
      .apply(R18, {
        persons: [
          { duty: 'creator', key: proposer.key, uscc: proposer.uscc },
          { duty: 'approver', key: actor.key, uscc: actor.uscc },
        ],
        creatorUscc: ownerUscc,
        approverUsccs: [actor.uscc],
      })
      .refuse()
    const amounts = moved(facts.items, facts.moves)
    const items = budget.items.map((item) => ({ ...item, amountFen: String(amounts.get(item.subItem)) }))
    await state.save(budgets, [projectCode], { ...budget, items, time, tx })
    const record = { ...reallocation, status: 'APPROVED' as const, approvedBy: actor.key, time, tx }
    await state.save(reallocations, [projectCode, reallocationNo], record)
    return { record }
  },
}
