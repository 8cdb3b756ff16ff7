import { changeOrders, changeOrderStep, type ChangeOrderStep } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'

/** The contractor takes a proposed change back. It stays on the chain as withdrawn. */
export const withdrawChangeOrder: TransactionType<ChangeOrderStep> = {
  name: 'WithdrawChangeOrder',
  request: changeOrderStep,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request: { contractNo, changeNo }, state, moment: { time }, tx }) {
    const change = await state.load(changeOrders, contractNo, changeNo)
    requireStatus(change, 'PROPOSED')
    const record = { ...change, status: 'WITHDRAWN' as const, time, tx }
    await state.save(changeOrders, [contractNo, changeNo], record)
    return { record }
  },
}
