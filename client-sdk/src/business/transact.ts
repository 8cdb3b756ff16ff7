import { canonicalize, parseRuledResult, transactionPlaces } from '@caizheng/records'
import type { CanonicalValue, RuledResult, TransactionName } from '@caizheng/records'
import type { Link } from '../connection/link.js'
import type { CallOptions, Submitted } from '../transactions/call.js'
import { submit } from '../transactions/submit.js'

/** What became of a transaction under rules. */
export interface Transacted extends RuledResult, Pick<Submitted, 'transactionId' | 'block' | 'attempts'> {}

export interface TransactOptions extends CallOptions {
  /** Accounts and other secrets: seen by the endorsing nodes, never in a block. */
  readonly transient?: Readonly<Record<string, string>>
}

/** Sends a transaction under rules; see `Client.transact`. */
export async function transact(
  link: Link,
  name: TransactionName,
  request: CanonicalValue,
  { transient, ...options }: TransactOptions = {},
): Promise<Transacted> {
  const { chaincode, contract } = transactionPlaces[name]
  const call = { chaincode, function: `${contract}:${name}`, arguments: [canonicalize(request)] }
  const { result, transactionId, block, attempts } = await submit(
    link,
    transient === undefined ? call : { ...call, transient },
    options,
  )
  return { ...parseRuledResult(result), transactionId, block, attempts }
}
