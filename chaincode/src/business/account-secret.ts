import { accounts } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'

const ACCOUNT = /^[\x21-\x7e]{4,64}$/
const SALT = /^[0-9a-f]{32}$/

/**
 * `salt:number` out of the transient data, as it is hashed and kept. The refusal says what is wrong without repeating it.
 *
 * @throws {Refusal} `ARGUMENT_MALFORMED`
 */
export function accountSecret(transient: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const text = (name: string): string => Buffer.from(transient.get(name) ?? []).toString()
  const [account, salt] = [text('account'), text('salt')]
  const issues = [
    ...(ACCOUNT.test(account) ? [] : [{ at: '/account', problem: 'must be an account number' }]),
    ...(SALT.test(salt) ? [] : [{ at: '/salt', problem: 'must be 32 lower-case hex digits' }]),
  ]
  if (issues.length > 0) throw new Refusal('ARGUMENT_MALFORMED', { argument: 'transient', issues })
  return Buffer.from(`${salt}:${account}`)
}

/**
 * Where a number lies in the private collection: under its own digest, so that the one before a change can be purged while the
 * new one stays.
 */
export function secretKey(contractNo: string, account: string, accountDigest: string): string {
  return accounts.key(contractNo, account, accountDigest)
}
