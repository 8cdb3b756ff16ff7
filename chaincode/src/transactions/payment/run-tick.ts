import { roleNames, tickRequest, type RuleId, type TickRequest } from '@caizheng/records'
import { ticks } from '../../business/ticks/index.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

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
    for (const rule of new Set(request.rules)) await ticks[rule as RuleId]?.(call)
    return { record: { kind: 'tick', ...request } }
  },
}
