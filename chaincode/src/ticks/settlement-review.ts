import { settlements } from '@caizheng/records'
import { R29Days } from '../rules/r29-settlement.js'
import type { Tick } from './tick.js'

/** R29: a settlement that is under review for longer than it may. */
export const settlementReview: Tick = {
  about: 'contract',
  async judge({ request: { tickDate }, state, judgement }, { contractNo }) {
    const settlement = await state.find(settlements, contractNo)
    if (settlement === undefined || settlement.approval !== undefined) return
    const { submittedOn, submittedFen } = settlement
    judgement.apply(R29Days, { submittedOn, submittedFen: BigInt(submittedFen), on: tickDate })
  },
}
