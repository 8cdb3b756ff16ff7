import { contracts, contractTotals, stopRequest, type StopRequest } from '@caizheng/records'
import { recordCorrection } from '../../business/correction.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** 停工, approved by the owner: no stall alert while it lasts (R37; 建筑法 art. 10). Due payments go on. */
export const stopWorks: TransactionType<StopRequest> = {
  name: 'StopWorks',
  request: stopRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run(call) {
    const {
      request: { contractNo, stoppedOn, reason },
      state,
      moment: { time },
    } = call
    const contract = await state.load(contracts, contractNo)
    requireStatus(contract, 'STARTED')
    const totals = await state.load(contractTotals, contractNo)
    if (totals.stoppedOn !== undefined) throw new Refusal('STATUS_CONFLICT', { stoppedOn: totals.stoppedOn })
    const record = { ...totals, stoppedOn, time }
    await state.save(contractTotals, [contractNo], record)
    const { projectCode } = contract
    await recordCorrection(call, { type: 'StopWorks', projectCode, subject: contractNo, reason, on: stoppedOn })
    return { record }
  },
}
