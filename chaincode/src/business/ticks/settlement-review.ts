import { settlements } from '@caizheng/records'
import { R29Days } from '../../rules/r29-settlement.js'
import { alertOf } from '../alert.js'
import { ofContract } from './tick.js'

/** R29: a settlement that is under review for longer than it may. */
export const settlementReviewTick = ofContract(async (call, { contractNo }) => {
  const settlement = await call.state.find(settlements, contractNo)
  if (settlement === undefined || settlement.approval !== undefined) return
  const { submittedOn, submittedFen } = settlement
  await alertOf(call, 'R29', contractNo, () => {
    call.judgement.apply(R29Days, { submittedOn, submittedFen: BigInt(submittedFen), on: call.request.tickDate })
  })
})
