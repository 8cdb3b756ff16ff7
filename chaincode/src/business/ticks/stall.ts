import { contractTotals, momentOf } from '@caizheng/records'
import { R37 } from '../../rules/r37-stall.js'
import { alertOf } from '../alert.js'
import { ofContract } from './tick.js'

/** R37: no evidence of the site for days. */
export const stallTick = ofContract(async (call, { contractNo, startedOn, status }) => {
  const { request, state, moment, judgement } = call
  const { lastEvidenceAt, stoppedOn } = await state.load(contractTotals, contractNo)
  const last = lastEvidenceAt ?? startedOn
  if (last === undefined) return
  await alertOf(call, 'R37', contractNo, () => {
    judgement.apply(R37, {
      // Of a day that is past, its end: a later stall is no alert of that day.
      now: Math.min(momentOf(moment.time), Date.parse(`${request.tickDate}T23:59:59.999+08:00`)),
      last: momentOf(last),
      running: status === 'STARTED' && stoppedOn === undefined,
    })
  })
})
