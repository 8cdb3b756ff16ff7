import { contracts, defectClearance, defectLists, defects, type DefectClearance } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { clearingParties, clearingPartyOf } from '../../business/retention.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** A defect is repaired: supervision and owner both say so, each for itself. */
export const clearDefect: TransactionType<DefectClearance> = {
  name: 'ClearDefect',
  request: defectClearance,
  authority: [
    { role: 'OWNER_PROJECT_LEAD', of: 'owner' },
    { role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision' },
  ],
  place: ofContract,
  async run({ request: { contractNo, defectNo }, actor, state, moment: { time }, tx }) {
    const defect = await state.load(defects, contractNo, defectNo)
    requireStatus(defect, 'OPEN')
    const { key, role, uscc } = actor
    const party = clearingPartyOf(actor)
    if (defect.clearances.some((one) => one.party === party)) {
      throw new Refusal('RECORD_EXISTS', { kind: 'clearance', id: [contractNo, defectNo, party] })
    }
    const event = { time, tx }
    const clearances = [...defect.clearances, { party, key, role, uscc, time }]
    const needed = clearingParties(await state.load(contracts, contractNo))
    const cleared = needed.every((one) => clearances.some((by) => by.party === one))
    const record = { ...defect, clearances, status: cleared ? ('CLEARED' as const) : ('OPEN' as const), ...event }
    await state.save(defects, [contractNo, defectNo], record)
    if (cleared) {
      const list = await state.load(defectLists, contractNo)
      const open = list.open.filter((no) => no !== defectNo)
      await state.save(defectLists, [contractNo], { ...list, open, ...event })
    }
    return { record }
  },
}
