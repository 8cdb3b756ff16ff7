import { persons, type Person, type Submitter } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import type { State } from './state.js'

/**
 * The registered person behind a transaction: by the key that signed it, never by what an argument or a certificate's
 * attributes claim.
 *
 * @param day the day of the transaction itself, in Asia/Shanghai
 * @throws {Refusal} `CALLER_NOT_REGISTERED`
 */
export async function actorOf(state: State, submitter: Submitter, day: string): Promise<Person> {
  const person = await state.find(persons, submitter.key)
  if (person === undefined) throw notRegistered(submitter, 'no person is registered with this key')
  if (person.msp !== submitter.msp) throw notRegistered(submitter, `the key is registered for ${person.msp}`)
  if (person.withdrawnAt !== undefined) throw notRegistered(submitter, `the key was withdrawn at ${person.withdrawnAt}`)
  const { validFrom, validUntil } = person
  if (day < validFrom || (validUntil !== undefined && day > validUntil)) {
    throw notRegistered(submitter, `the key is valid from ${validFrom}${validUntil ? ` to ${validUntil}` : ''}`)
  }
  return person
}

function notRegistered({ msp, key }: Submitter, reason: string): Refusal {
  return new Refusal('CALLER_NOT_REGISTERED', { msp, key, reason })
}
