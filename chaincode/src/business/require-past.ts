import { Refusal } from '../refusals/refusal.js'

/**
 * Lets nothing be said of a day to come.
 *
 * @param said a field's name and its day
 * @throws {Refusal} `STATUS_CONFLICT`
 */
export function requirePast(said: Readonly<Record<string, string>>, today: string): void {
  for (const [name, on] of Object.entries(said)) {
    if (on > today) throw new Refusal('STATUS_CONFLICT', { [name]: on, today })
  }
}
