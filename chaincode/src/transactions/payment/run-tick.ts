import {
  alerts,
  contracts,
  contractTotals,
  momentOf,
  roleNames,
  tickRequest,
  type Alert,
  type TickRequest,
} from '@caizheng/records'
import { disclosureTick } from '../../business/ticks/disclosure.js'
import { requireProject } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R37 } from '../../rules/r37-stall.js'

/**
 * Has rules of time judge on a day. Anyone registered may send it, as often as they like: an alert has one key for its rule,
 * subject and day, so the same tick again writes nothing and fires nothing.
 */
export const runTick: TransactionType<TickRequest> = {
  name: 'RunTick',
  request: tickRequest,
  authority: roleNames.map((role) => ({ role })),
  afterClosing: true,
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run(call) {
    const { request, moment } = call
    if (request.tickDate > moment.day) {
      throw new Refusal('STATUS_CONFLICT', { tickDate: request.tickDate, today: moment.day })
    }
    if (request.rules.includes('R37') && request.contractNo !== undefined) await stall(call, request.contractNo)
    if (request.rules.includes('R42')) await disclosureTick(call)
    return { record: { kind: 'tick', ...request } }
  },
}

/** R37 of a contract, unless this day has its alert. */
async function stall(call: Call<TickRequest>, contractNo: string): Promise<void> {
  const { request, state, moment, judgement } = call
  const { tickDate } = request
  if ((await state.find(alerts, 'R37', contractNo, tickDate)) !== undefined) return
  const contract = await state.load(contracts, contractNo)
  // An alert has one key: under another project's name it would keep the right one out.
  requireProject(contract, request.projectCode)
  const { lastEvidenceAt, stoppedOn } = await state.load(contractTotals, contractNo)
  const last = lastEvidenceAt ?? contract.startedOn
  if (last === undefined) return
  const facts = {
    // Of a day that is past, its end: a later stall is no alert of that day.
    now: Math.min(momentOf(moment.time), Date.parse(`${tickDate}T23:59:59.999+08:00`)),
    last: momentOf(last),
    running: contract.status === 'STARTED' && stoppedOn === undefined,
  }
  judgement.apply(R37, facts)
  await raise(call, contractNo)
}

/** Writes the alerts among the verdicts. */
async function raise({ request, state, moment: { time }, judgement, tx }: Call<TickRequest>, subject: string) {
  const { projectCode, tickDate } = request
  for (const verdict of judgement.verdicts) {
    if (verdict.outcome !== 'ALERT') continue
    const record: Alert = { kind: 'alert', version: 1, projectCode, subject, tickDate, verdict, time, tx }
    await state.create(alerts, [verdict.rule, subject, tickDate], record)
  }
}
