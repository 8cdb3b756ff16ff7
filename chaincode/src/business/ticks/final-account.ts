import { projects } from '@caizheng/records'
import { R30 } from '../../rules/r30-final-account.js'
import { alertOf } from '../alert.js'
import type { Tick } from './tick.js'

/** R30: a project that is complete and has no final account, or had it late. */
export const finalAccountTick: Tick = async (call) => {
  const { projectCode, tickDate } = call.request
  const { gates } = await call.state.load(projects, projectCode)
  const completedOn = gates['COMPLETION']
  if (completedOn === undefined) return
  await alertOf(call, 'R30', projectCode, () => {
    call.judgement.apply(R30, { completedOn, on: gates['FINAL_ACCOUNT'] ?? tickDate })
  })
}
