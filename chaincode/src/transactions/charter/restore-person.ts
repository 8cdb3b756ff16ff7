import { personRestoration, persons, type RequestOf } from '@caizheng/records'
import type { ActType } from '../../business/act.js'
import { Refusal } from '../../refusals/refusal.js'

/**
 * Lets a suspended key act again before its suspension ends, and gives each organisation its right to suspend it back.
 *
 * @throws {Refusal} `STATUS_CONFLICT` where it was suspended again since, or is withdrawn
 */
export const restorePerson: ActType<RequestOf<typeof personRestoration>> = {
  request: personRestoration,
  async run({ request: { key, suspendedUntil }, state, moment: { time }, tx }) {
    const { suspensions, ...person } = await state.load(persons, key)
    const last = suspensions?.at(-1)?.until ?? null
    if (person.withdrawnAt !== undefined || last !== suspendedUntil) {
      throw new Refusal('STATUS_CONFLICT', { kind: 'person', suspendedUntil: last, withdrawn: !!person.withdrawnAt })
    }
    await state.save(persons, [key], { ...person, time, tx })
  },
}
