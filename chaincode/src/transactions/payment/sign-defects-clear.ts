import { contracts, defectLists, defectsSigning, type DefectList, type DefectsSigning } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { clearingPartyOf } from '../../business/retention.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R32Clearance } from '../../rules/r32-retention-release.js'

/** 缺陷已修复: the signature of supervision or of the owner that no defect is open, without which retention stays (R32). */
export const signDefectsClear: TransactionType<DefectsSigning> = {
  name: 'SignDefectsClear',
  request: defectsSigning,
  authority: [
    { role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision' },
    { role: 'OWNER_PROJECT_LEAD', of: 'owner' },
  ],
  place: ofContract,
  async run({ request: { contractNo, openDefects }, actor, state, moment: { time }, judgement, tx }) {
    requireStatus(await state.load(contracts, contractNo), 'ACCEPTED', 'SETTLED', 'TERMINATED')
    const { open, clear } = (await state.find(defectLists, contractNo)) ?? { open: [], clear: [] }
    judgement.apply(R32Clearance, { counted: openDefects, open }).refuse()
    const { key, role, uscc } = actor
    const party = clearingPartyOf(actor)
    if (clear.some((one) => one.party === party)) {
      throw new Refusal('RECORD_EXISTS', { kind: 'clearance', id: [contractNo, party] })
    }
    const signed = [...clear, { party, key, role, uscc, time }]
    const record: DefectList = { kind: 'defectList', version: 1, contractNo, open, clear: signed, time, tx }
    await state.save(defectLists, [contractNo], record)
    return { record }
  },
}
