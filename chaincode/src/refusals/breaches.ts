import type { Breach } from '../rules/breach.js'
import { Refusal } from './refusal.js'

/**
 * Refuses where rules are broken: the code and details of the first, the verdicts of all, so that whoever corrects the
 * request needs to do it once.
 *
 * @throws {Refusal}
 */
export function refuseBreaches(breaches: readonly Breach[]): void {
  const [first] = breaches
  if (first === undefined) return
  throw new Refusal(first.code, { ...first.details, verdicts: breaches.map(({ verdict }) => verdict) })
}
