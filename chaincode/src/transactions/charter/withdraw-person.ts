import { personWithdrawal, persons, type RequestOf } from '@caizheng/records'
import type { TransactionType } from '../../business/transaction.js'

/** Withdraws a key: it acts no more from this moment. What it signed before stands. */
export const withdrawPerson: TransactionType<RequestOf<typeof personWithdrawal>> = {
  name: 'WithdrawPerson',
  request: personWithdrawal,
  authority: [{ role: 'CONSORTIUM_ADMIN' }],
  async run({ request: { key }, state, moment: { time }, tx }) {
    const person = await state.load(persons, key)
    const record = { ...person, withdrawnAt: person.withdrawnAt ?? time, time, tx }
    await state.save(persons, [key], record)
    return { record }
  },
}
