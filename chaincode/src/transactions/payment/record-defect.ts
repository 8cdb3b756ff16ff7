import {
  contracts,
  defectLists,
  defectRequest,
  defects,
  type Defect,
  type DefectList,
  type DefectRequest,
} from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** A defect found in the liability period, by owner or supervision: what was signed clear before is so no more (R32). */
export const recordDefect: TransactionType<DefectRequest> = {
  name: 'RecordDefect',
  request: defectRequest,
  authority: [
    { role: 'OWNER_PROJECT_LEAD', of: 'owner' },
    { role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision' },
  ],
  place: ofContract,
  async run({ request, actor, state, moment: { time, day }, tx }) {
    const { contractNo, defectNo, foundOn } = request
    const contract = await state.load(contracts, contractNo)
    requireStatus(contract, 'ACCEPTED', 'SETTLED', 'TERMINATED')
    requirePast({ foundOn }, day)
    if ((await state.find(defects, contractNo, defectNo)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'defect', id: [contractNo, defectNo] })
    }
    const event = { time, tx }
    const { projectCode } = contract
    const own = { projectCode, ...request, status: 'OPEN' as const, recordedBy: actor.key, clearances: [] }
    const record: Defect = { kind: 'defect', version: 1, ...own, ...event }
    await state.create(defects, [contractNo, defectNo], record)
    const open = [...((await state.find(defectLists, contractNo))?.open ?? []), defectNo]
    const list: DefectList = { kind: 'defectList', version: 1, contractNo, open, clear: [], ...event }
    await state.save(defectLists, [contractNo], list)
    return { record }
  },
}
