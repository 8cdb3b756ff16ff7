import type { Act, CanonicalValue } from '@caizheng/records'
import type { Client } from '../client.js'
import type { Transacted } from './transact.js'

/**
 * Has administrators of all node organisations carry out acts: the first proposes, and each of the others consents to the
 * digest, once every one's node has what went before. For whoever holds the clients of them all, as a test does; elsewhere each
 * administrator sends a `Consent` of its own.
 *
 * @param administrators one of each node organisation
 * @returns the last one's answer: `COMMITTED`, or `PROPOSED` where an organisation is missing
 * @throws {EndorseError} what the acts are refused for, with nothing proposed
 * @example
 * ```ts
 * await administer([finance, audit, construction], [{ act: 'RegisterPerson', request: person }])
 * ```
 */
export async function administer(
  administrators: readonly [Client, ...Client[]],
  acts: readonly Act[],
): Promise<Transacted> {
  const [first, ...others] = administrators
  const everywhere = ({ transactionId }: Transacted) =>
    Promise.all(administrators.map((client) => client.status(transactionId)))
  let last = await first.transact('Propose', { acts: acts as unknown as CanonicalValue })
  const { id: proposal } = last.record as { readonly id: string }
  for (const client of others) {
    await everywhere(last)
    last = await client.transact('Consent', { proposal })
  }
  await everywhere(last)
  return last
}
