import { backfillRequest, backfills, momentOf, type Backfill, type BackfillRequest } from '@caizheng/records'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

const LONGEST_MS = 90 * 24 * 3_600_000

/**
 * Lets a project's past in: until the given moment its transactions may say when they happened. It stays in the state, and
 * what is entered so is marked for ever.
 *
 * @throws {Refusal} `STATUS_CONFLICT` for an end that is past or more than 90 days away
 */
export const openBackfill: TransactionType<BackfillRequest> = {
  name: 'OpenBackfill',
  exception: 'BACKFILL',
  request: backfillRequest,
  authority: [{ role: 'CONSORTIUM_ADMIN' }],
  async run({ request: rest, actor, state, moment: { time }, tx }) {
    const ahead = momentOf(rest.until) - momentOf(time)
    if (ahead <= 0 || ahead > LONGEST_MS) throw new Refusal('STATUS_CONFLICT', { until: rest.until, now: time })
    const record: Backfill = { kind: 'backfill', version: 1, ...rest, openedBy: actor.key, time, tx }
    await state.save(backfills, [rest.projectCode], record)
    return { record }
  },
}
