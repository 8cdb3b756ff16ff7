import { backfillRequest, backfills, exceptionId, exceptions, momentOf, type BackfillRequest } from '@caizheng/records'
import type { ActType } from '../../business/act.js'
import { Refusal } from '../../refusals/refusal.js'

const LONGEST_MS = 90 * 24 * 3_600_000

/**
 * Lets a project's past in: until the given moment its transactions may say when they happened. It stays in the state, and
 * what is entered so is marked for ever.
 *
 * @throws {Refusal} `STATUS_CONFLICT` for an end that is past or more than 90 days away
 */
export const openBackfill: ActType<BackfillRequest> = {
  request: backfillRequest,
  async run({ request, actor, state, moment: { time }, tx }) {
    const ahead = momentOf(request.until) - momentOf(time)
    if (ahead <= 0 || ahead > LONGEST_MS) throw new Refusal('STATUS_CONFLICT', { until: request.until, now: time })
    const record = { kind: 'backfill' as const, version: 1 as const, ...request, openedBy: actor.key, time, tx }
    await state.save(backfills, [request.projectCode], record)
    await state.create(exceptions, exceptionId({ ...request, type: 'BACKFILL', time, tx }).split(':'), {
      kind: 'exception',
      version: 1,
      projectCode: request.projectCode,
      type: 'BACKFILL',
      transaction: 'OpenBackfill',
      subject: backfills.key(request.projectCode),
      verdicts: [],
      shadow: [],
      by: actor.key,
      time,
      tx,
    })
  },
}
