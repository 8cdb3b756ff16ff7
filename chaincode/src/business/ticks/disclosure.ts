import { projects, publishedGate, type TickRequest } from '@caizheng/records'
import { R42Deadline } from '../../rules/r42-disclosure.js'
import { alertOf } from '../alert.js'
import type { Call } from '../transaction.js'

/** R42: what of a project was approved and is not public in time. */
export async function disclosureTick(call: Call<TickRequest>): Promise<void> {
  const { request, state, judgement } = call
  const { projectCode, tickDate: today } = request
  const { gates } = await state.load(projects, projectCode)
  for (const subject of ['ESTIMATE_APPROVAL', 'FINAL_ACCOUNT'] as const) {
    const approvedOn = gates[subject]
    if (approvedOn === undefined) continue
    const publishedOn = gates[publishedGate(subject)]
    await alertOf(call, 'R42', `${projectCode}-${subject}`, () => {
      judgement.apply(R42Deadline, { subject, approvedOn, publishedOn, today })
    })
  }
}
