import { contractTotals, resumeRequest, type ResumeRequest } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { without } from '../../business/without.js'
import { Refusal } from '../../refusals/refusal.js'

/** 复工: the stall clock runs again from now (R37). */
export const resumeWorks: TransactionType<ResumeRequest> = {
  name: 'ResumeWorks',
  request: resumeRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run({ request: { contractNo, resumedOn }, state, moment: { time } }) {
    const totals = await state.load(contractTotals, contractNo)
    if (totals.stoppedOn === undefined || resumedOn < totals.stoppedOn) {
      throw new Refusal('STATUS_CONFLICT', { stoppedOn: totals.stoppedOn ?? null, resumedOn })
    }
    const record = { ...without(totals, 'stoppedOn'), resumedOn, lastEvidenceAt: time, time }
    await state.save(contractTotals, [contractNo], record)
    return { record }
  },
}
