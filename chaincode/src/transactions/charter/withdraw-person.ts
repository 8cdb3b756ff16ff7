import { administrators, personWithdrawal, persons, type RequestOf } from '@caizheng/records'
import type { ActType } from '../../business/act.js'
import type { State } from '../../business/state.js'
import { Refusal } from '../../refusals/refusal.js'

/**
 * Withdraws a key for good: it acts no more from this moment. What it signed before stands.
 *
 * @throws {Refusal} `STATUS_CONFLICT` for an organisation's last administrator: nothing could be consented to any more
 */
export const withdrawPerson: ActType<RequestOf<typeof personWithdrawal>> = {
  request: personWithdrawal,
  async run({ request: { key }, state, moment: { time }, tx }) {
    const person = await state.load(persons, key)
    if (person.withdrawnAt !== undefined) return
    if (person.role === 'CONSORTIUM_ADMIN') await withdrawAdministrator(state, key, person.msp)
    await state.save(persons, [key], { ...person, withdrawnAt: time, time, tx })
  },
}

async function withdrawAdministrator(state: State, key: string, msp: string): Promise<void> {
  const list = await state.load(administrators, 'all')
  const keys = list.keys.filter((one) => one.key !== key)
  if (!keys.some((one) => one.msp === msp)) throw new Refusal('STATUS_CONFLICT', { lastAdministratorOf: msp, key })
  await state.save(administrators, ['all'], { ...list, keys })
}
