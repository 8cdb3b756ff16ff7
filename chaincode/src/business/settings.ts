import { initialSettings, settingsIndex, settingsRecords, type SettingsRecord } from '@caizheng/records'
import type { State } from './state.js'

/** The settings that count on a day: the last set whose first day has come. */
export async function settingsOn(state: State, day: string): Promise<SettingsRecord> {
  const index = await state.find(settingsIndex, 'all')
  const current = index?.sets.findLast(({ effectiveDate }) => effectiveDate <= day)
  return current === undefined ? initialSettings : state.load(settingsRecords, String(current.number))
}

/** A set of settings by its number; 0: the catalogue's. */
export async function settingsOf(state: State, number: number): Promise<SettingsRecord> {
  return number === 0 ? initialSettings : state.load(settingsRecords, String(number))
}
