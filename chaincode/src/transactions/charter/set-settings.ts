import { settingsIndex, settingsRecords, settingsRequest, type SettingsRequest } from '@caizheng/records'
import type { ActType } from '../../business/act.js'
import { Refusal } from '../../refusals/refusal.js'

/**
 * Writes the next set of modes and parameters. Sets are never changed: an old verdict replays under the set of its day. The
 * same set again changes nothing.
 *
 * @throws {Refusal} `STATUS_CONFLICT` for another number than the next, or a day before the last set's
 */
export const setSettings: ActType<SettingsRequest> = {
  request: settingsRequest,
  async run({ request: set, state, moment: { time }, tx }) {
    const { number, effectiveDate } = set
    const id = [String(number)]
    const sets = (await state.find(settingsIndex, 'all'))?.sets ?? []
    const last = sets.at(-1)
    const next = (last?.number ?? 0) + 1
    if (number > next) throw new Refusal('STATUS_CONFLICT', { number, next })
    if (number === next) {
      if (last !== undefined && effectiveDate < last.effectiveDate) {
        throw new Refusal('STATUS_CONFLICT', { effectiveDate, last: last.effectiveDate })
      }
      await state.save(settingsIndex, ['all'], {
        kind: 'settingsIndex',
        version: 1,
        sets: [...sets, { number, effectiveDate }],
      })
    }
    await state.create(settingsRecords, id, { kind: 'settings', version: 1, ...set, time, tx })
  },
}
