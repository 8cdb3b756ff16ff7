import { contracts, countersignRequest, type CountersignRequest } from '@caizheng/records'
import { requireStatus } from '../../business/status.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'

/** The contractor's own signature under a registered contract: before it, nothing is paid. */
export const countersignContract: TransactionType<CountersignRequest> = {
  name: 'CountersignContract',
  request: countersignRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request: { contractNo }, actor, state, moment: { time }, tx }) {
    const contract = await state.load(contracts, contractNo)
    requireStatus(contract, 'REGISTERED')
    const record = { ...contract, status: 'SIGNED' as const, countersignedBy: actor.key, time, tx }
    await state.save(contracts, [contractNo], record)
    return { record }
  },
}
