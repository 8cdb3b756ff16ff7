import type { Person } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import type { Judgement } from './judgement.js'
import type { Authority, TransactionPlace, TransactionType } from './transaction.js'

/**
 * Lets a person send a transaction if a row of its authorities fits.
 *
 * @param request its fields, for the rows that hold for some requests only
 * @throws {Refusal} `ROLE_NOT_ALLOWED`, or `RULES_BROKEN` with the rule that the transaction names for this
 */
export function authorise(
  { authority, duty }: Pick<TransactionType<object>, 'authority' | 'duty'>,
  actor: Pick<Person, 'role' | 'uscc'>,
  { parties = {} }: TransactionPlace,
  request: object,
  judgement: Judgement,
): void {
  const fields = request as Readonly<Record<string, unknown>>
  const rows = authority.filter(({ when = {} }) =>
    Object.entries(when).every(([name, value]) => fields[name] === value),
  )
  const fits = ({ role, of }: Authority): boolean =>
    role === actor.role && (of === undefined || parties[of] === actor.uscc)
  if (rows.some(fits)) return
  const allowed = rows.map(({ role, of }) => (of === undefined ? role : `${role} of the ${of}`))
  if (duty !== undefined) {
    judgement
      .add(duty, [{ outcome: 'REJECT', case: 'ROLE', expected: allowed.join(' or '), actual: actor.role }])
      .refuse()
  }
  throw new Refusal('ROLE_NOT_ALLOWED', { role: actor.role, uscc: actor.uscc, allowed })
}
