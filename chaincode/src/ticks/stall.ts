import { contractTotals, momentOf } from '@caizheng/records'
import { R37 } from '../rules/r37-stall.js'
import type { Tick } from './tick.js'

/** R37: no evidence of the site for days. */
export const stall: Tick = {
  about: 'contract',
  async judge({ request: { tickDate }, state, moment, judgement }, { contractNo, startedOn, status }) {
    const { lastEvidenceAt, stoppedOn } = await state.load(contractTotals, contractNo)
    const last = lastEvidenceAt ?? startedOn
    if (last === undefined) return
    judgement.apply(R37, {
      // Of a day that is past, its end: a later stall is no alert of that day.
      now: Math.min(momentOf(moment.time), Date.parse(`${tickDate}T23:59:59.999+08:00`)),
      last: momentOf(last),
      running: status === 'STARTED' && stoppedOn === undefined,
    })
  },
}
