import { administrators, personKeys, personRequest, persons, roles } from '@caizheng/records'
import type { Person, PersonRequest } from '@caizheng/records'
import type { ActType } from '../../business/act.js'
import type { State } from '../../business/state.js'
import { Refusal } from '../../refusals/refusal.js'

/** Registers a key for the role in which it acts. A pseudonym and a key are given once. */
export const registerPerson: ActType<PersonRequest> = {
  request: personRequest,
  async run({ request: person, state, moment: { time }, settings, tx }) {
    const issuers: readonly string[] = settings.roleIssuers?.[person.role] ?? roles[person.role].msps
    if (!issuers.includes(person.msp)) {
      throw new Refusal('CALLER_NOT_ALLOWED', { caller: person.msp, organizations: [...issuers] })
    }
    await registerKey(state, person, { time, tx })
  },
}

/** Writes a person and the pseudonym's key. @throws {Refusal} `RECORD_EXISTS` */
export async function registerKey(
  state: State,
  person: Omit<Person, 'kind' | 'version' | 'time' | 'tx'>,
  event: { readonly time: string; readonly tx: string },
): Promise<void> {
  const { personId, key, msp, role, validUntil } = person
  await state.create(personKeys, [personId], { kind: 'personKey', version: 1, personId, key })
  const created = await state.create(persons, [key], { kind: 'person', version: 1, ...person, ...event })
  if (!created || role !== 'CONSORTIUM_ADMIN' || validUntil !== undefined) return
  const { keys = [] } = (await state.find(administrators, 'all')) ?? {}
  await state.save(administrators, ['all'], { kind: 'administrators', version: 1, keys: [...keys, { msp, key }] })
}
