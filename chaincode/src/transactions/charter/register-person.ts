import { personKeys, personRequest, persons, roles, type Person, type PersonRequest } from '@caizheng/records'
import type { State } from '../../business/state.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** Registers a key for the role in which it acts. A pseudonym and a key are given once. */
export const registerPerson: TransactionType<PersonRequest> = {
  name: 'RegisterPerson',
  request: personRequest,
  authority: [{ role: 'CONSORTIUM_ADMIN' }],
  async run({ request: person, state, moment: { time }, settings, tx }) {
    const issuers = settings.roleIssuers?.[person.role] ?? roles[person.role].msps
    if (!issuers.includes(person.msp as never)) {
      throw new Refusal('CALLER_NOT_ALLOWED', { caller: person.msp, organizations: [...issuers] })
    }
    return { record: await registerKey(state, person, { time, tx }) }
  },
}

/** Writes a person and the pseudonym's key. @throws {Refusal} `RECORD_EXISTS` */
export async function registerKey(
  state: State,
  person: Omit<Person, 'kind' | 'version' | 'time' | 'tx'>,
  event: { readonly time: string; readonly tx: string },
): Promise<Person> {
  const { personId, key } = person
  const record: Person = { kind: 'person', version: 1, ...person, ...event }
  await state.create(personKeys, [personId], { kind: 'personKey', version: 1, personId, key })
  await state.create(persons, [key], record)
  return state.load(persons, key)
}
