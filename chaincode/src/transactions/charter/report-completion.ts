import { completionRequest, contracts, projects, type CompletionRequest } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { passGate, gatesOf } from '../../business/works.js'
import { R14 } from '../../rules/r14-gates.js'

/** 竣工报告: the contractor's word that the works are complete. Nothing is changed from now on; what was built is still measured. */
export const reportCompletion: TransactionType<CompletionRequest> = {
  name: 'ReportCompletion',
  request: completionRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request: { contractNo, completedOn }, state, moment: { time, day }, judgement, tx }) {
    const contract = await state.load(contracts, contractNo)
    const { projectCode } = contract
    const gates = gatesOf(contract, await state.load(projects, projectCode))
    judgement.apply(R14, { step: 'COMPLETION', on: completedOn, gates, needs: ['START'] }).refuse()
    requireStatus(contract, 'STARTED')
    requirePast({ completedOn }, day)
    const event = { time, tx }
    const record = { ...contract, status: 'COMPLETED' as const, completedOn, ...event }
    await state.save(contracts, [contractNo], record)
    await passGate(state, projectCode, 'COMPLETION', completedOn, event)
    return { record }
  },
}
