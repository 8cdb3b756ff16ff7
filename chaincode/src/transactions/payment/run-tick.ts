import {
  alerts,
  contracts,
  projects,
  roleNames,
  tickRequest,
  type Alert,
  type RuleId,
  type TickRequest,
} from '@caizheng/records'
import { requireProject } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { ticks } from '../../ticks/index.js'
import type { Tick } from '../../ticks/tick.js'

/**
 * Has rules of time judge on a day. Anyone registered may send it, as often as they like: an alert has one key for its rule,
 * subject and day, so the same tick again writes nothing and fires nothing.
 */
export const runTick: TransactionType<TickRequest> = {
  name: 'RunTick',
  request: tickRequest,
  authority: roleNames.map((role) => ({ role })),
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run(call) {
    const { request, moment } = call
    if (request.tickDate > moment.day) {
      throw new Refusal('STATUS_CONFLICT', { tickDate: request.tickDate, today: moment.day })
    }
    for (const rule of request.rules) {
      const tick = ticks[rule as RuleId]
      if (tick !== undefined) await judge(call, rule as RuleId, tick)
    }
    return { record: { kind: 'tick', ...request } }
  },
}

/** Has one rule judge its subject, unless this day has its alert. */
async function judge(call: Call<TickRequest>, rule: RuleId, tick: Tick): Promise<void> {
  const { request, state, judgement } = call
  const { projectCode, contractNo, tickDate } = request
  const subject = tick.about === 'project' ? projectCode : contractNo
  // A rule about contracts has nothing to say of a project.
  if (subject === undefined || (await state.find(alerts, rule, subject, tickDate)) !== undefined) return
  if (tick.about === 'project') await tick.judge(call, await state.load(projects, projectCode))
  else {
    const contract = await state.load(contracts, subject)
    // An alert has one key: under another project's name it would keep the right one out.
    requireProject(contract, projectCode)
    await tick.judge(call, contract)
  }
  const raised = judgement.verdicts.find((verdict) => verdict.rule === rule && verdict.outcome === 'ALERT')
  if (raised === undefined) return
  const { moment, tx } = call
  const record: Alert = {
    ...{ kind: 'alert', version: 1, projectCode, subject, tickDate },
    ...{ verdict: raised, time: moment.time, tx },
  }
  await state.create(alerts, [rule, subject, tickDate], record)
}
