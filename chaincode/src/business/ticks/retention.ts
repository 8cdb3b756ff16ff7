import { contractTotals, defectLists, settlements } from '@caizheng/records'
import { R32Late } from '../../rules/r32-retention-release.js'
import { alertOf } from '../alert.js'
import { heldRetention } from '../retention.js'
import { ofContract } from './tick.js'

/** R32: retention that is held after the defects liability period, although no defect is open. */
export const retentionTick = ofContract(async (call, contract) => {
  const { request, state, judgement } = call
  const { contractNo, liabilityMonths, acceptedOn, terminatedOn } = contract
  const since = acceptedOn ?? terminatedOn
  if (since === undefined) return
  const { open } = (await state.find(defectLists, contractNo)) ?? { open: [] }
  if (open.length > 0) return
  const totals = await state.load(contractTotals, contractNo)
  const heldFen = heldRetention(totals, await state.find(settlements, contractNo))
  await alertOf(call, 'R32', contractNo, () => {
    judgement.apply(R32Late, { since, liabilityMonths, today: request.tickDate, heldFen })
  })
})
