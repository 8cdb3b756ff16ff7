import { contracts, contractTotals, freezeRequest, type ContractTotals, type FreezeRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { recordCorrection } from '../../business/correction.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { without } from '../../business/without.js'
import { Refusal } from '../../refusals/refusal.js'

/** 法院冻结 of a contractor's money: wages are paid, everything else is HELD or its vouchers WITHHELD until it is lifted (R19). */
export const recordFreeze = freezing('RecordFreeze', (totals, freezeNo) => {
  if (totals.frozenBy !== undefined) throw new Refusal('RECORD_EXISTS', { kind: 'freeze', id: [totals.frozenBy] })
  return { ...totals, frozenBy: freezeNo }
})

/** The court lifts its freeze, by the number under which it was recorded. */
export const liftFreeze = freezing('LiftFreeze', (totals, freezeNo) => {
  if (totals.frozenBy !== freezeNo) throw new Refusal('RECORD_NOT_FOUND', { kind: 'freeze', id: [freezeNo] })
  return without(totals, 'frozenBy')
})

/** A transaction about a court's freeze, as its notice says. */
function freezing(
  name: 'RecordFreeze' | 'LiftFreeze',
  next: (totals: ContractTotals, freezeNo: string) => ContractTotals,
): TransactionType<FreezeRequest> {
  return {
    name,
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
      const record = { ...next(await state.load(contractTotals, contractNo), freezeNo), time }
      await anchor(context, projectCode, actor.uscc, document)
      await state.save(contractTotals, [contractNo], record)
      await recordCorrection(call, { type: name, projectCode, subject: contractNo, reason, on: day })
      return { record }
    },
  }
}
