import { R30 } from '../rules/r30-final-account.js'
import type { Tick } from './tick.js'

/** R30: a project that is complete and has no final account. */
export const finalAccount: Tick = {
  about: 'project',
  judge({ request: { tickDate }, judgement }, { gates }) {
    const completedOn = gates['COMPLETION']
    if (completedOn !== undefined) judgement.apply(R30, { completedOn, on: gates['FINAL_ACCOUNT'] ?? tickDate })
    return Promise.resolve()
  },
}
