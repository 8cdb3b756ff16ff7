import { momentOf, personSuspension, persons, type Person, type RequestOf } from '@caizheng/records'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

const DAYS = 7

/**
 * Stops a key that may have been stolen, at once, for seven days: one administrator is enough, since those who wait for others
 * lose the money meanwhile. It ends by itself, and an organisation may do it once for a key until all restore it: else one
 * administrator could stop whom they like for as long as they like, and an organisation's only administrator for ever.
 *
 * @throws {Refusal} `STATUS_CONFLICT`
 */
export const suspendPerson: TransactionType<RequestOf<typeof personSuspension>> = {
  name: 'SuspendPerson',
  request: personSuspension,
  authority: [{ role: 'CONSORTIUM_ADMIN' }],
  async run({ request: { key, reason }, actor: { msp, key: by }, state, moment: { time }, tx }) {
    const person = await state.load(persons, key)
    const { suspensions = [], withdrawnAt } = person
    if (withdrawnAt !== undefined || suspensions.some((one) => one.msp === msp)) {
      throw new Refusal('STATUS_CONFLICT', { kind: 'person', withdrawn: !!withdrawnAt, suspendedBefore: msp })
    }
    const until = new Date(momentOf(time) + DAYS * 24 * 3_600_000).toISOString()
    const record: Person = { ...person, suspensions: [...suspensions, { msp, by, reason, time, until }], time, tx }
    await state.save(persons, [key], record)
    return { record }
  },
}
