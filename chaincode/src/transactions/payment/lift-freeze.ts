import { contracts, contractTotals, freezeRequest, type FreezeRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { recordCorrection } from '../../business/correction.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { without } from '../../business/without.js'
import { Refusal } from '../../refusals/refusal.js'

/** The court lifts its freeze, by the number under which it was recorded. */
export const liftFreeze: TransactionType<FreezeRequest> = {
  name: 'LiftFreeze',
  request: freezeRequest,
  authority: [{ role: 'FINANCE_APPROVER' }],
  place: ofContract,
  async run(call) {
    const {
      request: { contractNo, freezeNo, reason, document },
      actor,
      state,
      moment: { time, day },
      context,
    } = call
    const { projectCode } = await state.load(contracts, contractNo)
    const totals = await state.load(contractTotals, contractNo)
    if (totals.frozenBy !== freezeNo) throw new Refusal('RECORD_NOT_FOUND', { kind: 'freeze', id: [freezeNo] })
    await anchor(context, projectCode, actor.uscc, document)
    const record = { ...without(totals, 'frozenBy'), time }
    await state.save(contractTotals, [contractNo], record)
    await recordCorrection(call, { type: 'LiftFreeze', projectCode, subject: contractNo, reason, on: day })
    return { record }
  },
}
