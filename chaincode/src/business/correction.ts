import { corrections, type Correction } from '@caizheng/records'
import type { Call } from './transaction.js'

/** Writes what was put right: who, why, how much. One record for each transaction that corrects. */
export async function recordCorrection(
  { actor, state, moment: { time }, tx }: Pick<Call<object>, 'actor' | 'state' | 'moment' | 'tx'>,
  what: Pick<Correction, 'type' | 'projectCode' | 'subject' | 'reason' | 'amountFen' | 'on'>,
): Promise<Correction> {
  const record: Correction = { kind: 'correction', version: 1, ...what, by: actor.key, time, tx }
  await state.create(corrections, [tx], record)
  return record
}
