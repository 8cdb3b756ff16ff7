import { projects, suggestionRequest, suggestions, type Suggestion, type SuggestionRequest } from '@caizheng/records'
import type { TransactionType } from '../../business/transaction.js'

/** Savings that could move to other sub-items, as computed off the chain: a record, with what it was computed from. */
export const recordSuggestion: TransactionType<SuggestionRequest> = {
  name: 'RecordSuggestion',
  request: suggestionRequest,
  authority: [{ role: 'BUDGET_OFFICER' }, { role: 'FINANCE_REVIEWER' }],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request, actor, state, moment: { time }, tx }) {
    const { projectCode, suggestionNo } = request
    await state.load(projects, projectCode)
    const record: Suggestion = { kind: 'suggestion', version: 1, ...request, by: actor.key, time, tx }
    await state.create(suggestions, [projectCode, suggestionNo], record)
    return { record: await state.load(suggestions, projectCode, suggestionNo) }
  },
}
