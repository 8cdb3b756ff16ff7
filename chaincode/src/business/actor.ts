import { momentOf, persons, type Person, type Submitter } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import { dayOf } from './moment.js'
import type { State } from './state.js'

/**
 * The registered person behind a transaction: by the key that signed it, never by what an argument or a certificate's
 * attributes claim.
 *
 * @param now the time of the transaction itself, whenever its event happened
 * @throws {Refusal} `CALLER_NOT_REGISTERED`
 */
export async function actorOf(state: State, submitter: Submitter, now: string): Promise<Person> {
  const person = await state.find(persons, submitter.key)
  if (person === undefined) throw notRegistered(submitter, 'no person is registered with this key')
  if (person.msp !== submitter.msp) throw notRegistered(submitter, `the key is registered for ${person.msp}`)
  const reason = cannotAct(person, now)
  if (reason !== undefined) throw notRegistered(submitter, reason)
  return person
}

/** Why a registered key may not act at a moment, or `undefined` where it may. */
export function cannotAct(person: Person, now: string): string | undefined {
  const { withdrawnAt, suspensions = [], validFrom, validUntil } = person
  if (withdrawnAt !== undefined) return `the key was withdrawn at ${withdrawnAt}`
  const suspension = suspensions.at(-1)
  if (suspension !== undefined && momentOf(now) < momentOf(suspension.until)) {
    return `the key is suspended by ${suspension.msp} until ${suspension.until}`
  }
  const day = dayOf(now)
  if (day >= validFrom && (validUntil === undefined || day <= validUntil)) return undefined
  return `the key is valid from ${validFrom}${validUntil === undefined ? '' : ` to ${validUntil}`}`
}

function notRegistered({ msp, key }: Submitter, reason: string): Refusal {
  return new Refusal('CALLER_NOT_REGISTERED', { msp, key, reason })
}
