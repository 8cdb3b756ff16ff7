import { contracts, terminationRequest, type TerminationRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { requirePast } from '../../business/require-past.js'
import { passGate } from '../../business/works.js'

/** 解除合同: nothing more is measured or applied for; what is owed is settled. */
export const terminateContract: TransactionType<TerminationRequest> = {
  name: 'TerminateContract',
  request: terminationRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run(call) {
    const { request, actor, state, moment, tx, context } = call
    const { contractNo, terminatedOn, reason, document } = request
    const { time, day } = moment
    const contract = await state.load(contracts, contractNo)
    requireStatus(contract, 'REGISTERED', 'SIGNED', 'STARTED')
    requirePast({ terminatedOn }, day)
    const { projectCode } = contract
    await anchor(context, projectCode, actor.uscc, document)
    const record = { ...contract, status: 'TERMINATED' as const, terminatedOn, terminatedBecause: reason, time, tx }
    await state.save(contracts, [contractNo], record)
    // It waits for no completion and no acceptance any more, and for a settlement if it was ever signed.
    for (const gate of ['COMPLETION', 'ACCEPTANCE', 'SETTLEMENT'] as const) {
      await passGate(state, projectCode, gate, terminatedOn, { time, tx })
    }
    return { record }
  },
}
