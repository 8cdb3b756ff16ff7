import { contracts, contractTotals, freezeRequest, type FreezeRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { recordCorrection } from '../../business/correction.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** 法院冻结 of a contractor's money: applications are HELD but for their wage lines, until it is lifted (R19, R20). */
export const recordFreeze: TransactionType<FreezeRequest> = {
  name: 'RecordFreeze',
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
    if (totals.frozenBy !== undefined) throw new Refusal('RECORD_EXISTS', { kind: 'freeze', id: [totals.frozenBy] })
    await anchor(context, projectCode, actor.uscc, document)
    const record = { ...totals, frozenBy: freezeNo, time }
    await state.save(contractTotals, [contractNo], record)
    await recordCorrection(call, { type: 'RecordFreeze', projectCode, subject: contractNo, reason, on: day })
    return { record }
  },
}
