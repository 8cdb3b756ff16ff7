import { changeOrders, changeOrderStep, type ChangeOrderStep } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** A signature under a change: of supervision, finance or the original approver, as its level asks (R36). Each role once. */
export const signChangeOrder: TransactionType<ChangeOrderStep> = {
  name: 'SignChangeOrder',
  request: changeOrderStep,
  authority: [
    { role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision' },
    { role: 'FINANCE_REVIEWER' },
    { role: 'DEVELOPMENT_OFFICER' },
  ],
  place: ofContract,
  async run({ request: { contractNo, changeNo }, actor, state, moment: { time }, tx }) {
    const change = await state.load(changeOrders, contractNo, changeNo)
    requireStatus(change, 'PROPOSED')
    const { key, role, uscc } = actor
    if (change.signatures.some((one) => one.role === role)) {
      throw new Refusal('RECORD_EXISTS', { kind: 'signature', id: [contractNo, changeNo, role] })
    }
    const record = { ...change, signatures: [...change.signatures, { key, role, uscc, time }], time, tx }
    await state.save(changeOrders, [contractNo, changeNo], record)
    return { record }
  },
}
