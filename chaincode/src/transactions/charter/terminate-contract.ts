import { contracts, terminationRequest, type TerminationRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'

/** 解除合同: nothing more is measured or applied for; what is owed is settled. */
export const terminateContract: TransactionType<TerminationRequest> = {
  name: 'TerminateContract',
  request: terminationRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run({ request: { contractNo, terminatedOn, reason, document }, actor, state, moment: { time }, tx, context }) {
    const contract = await state.load(contracts, contractNo)
    requireStatus(contract, 'REGISTERED', 'SIGNED', 'STARTED', 'STOPPED')
    await anchor(context, contract.projectCode, actor.uscc, document)
    const why = { terminatedOn, terminatedBecause: reason }
    const record = { ...contract, status: 'TERMINATED' as const, ...why, time, tx }
    await state.save(contracts, [contractNo], record)
    return { record }
  },
}
