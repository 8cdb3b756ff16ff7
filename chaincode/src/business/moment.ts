import { backfills, momentOf } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import type { State } from './state.js'

/** When a transaction's event happened. */
export interface Moment {
  /** The event, UTC with milliseconds: the transaction's time, or an earlier one within an open backfill. */
  readonly time: string
  /** Its day in Asia/Shanghai: what rules call today. */
  readonly day: string
  /** The event was entered later than it happened. */
  readonly backfilled: boolean
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** The day in Asia/Shanghai of a UTC timestamp. */
export function dayOf(time: string): string {
  return new Date(momentOf(time) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/**
 * The moment of a transaction's event.
 *
 * @param at what the request says, if anything
 * @param now the transaction's time, which the guard has compared with the node's clock
 * @param project whose backfill must be open where `at` is given
 * @throws {Refusal} `BACKFILL_NOT_OPEN`
 */
export async function momentOfEvent(
  state: State,
  at: string | undefined,
  now: string,
  project: string | undefined,
): Promise<Moment> {
  if (at === undefined) return { time: now, day: dayOf(now), backfilled: false }
  const backfill = project === undefined ? undefined : await state.find(backfills, project)
  const open = backfill !== undefined && momentOf(now) <= momentOf(backfill.until) && momentOf(at) <= momentOf(now)
  if (!open)
    throw new Refusal('BACKFILL_NOT_OPEN', { project: project ?? null, at, now, until: backfill?.until ?? null })
  return { time: at, day: dayOf(at), backfilled: true }
}
