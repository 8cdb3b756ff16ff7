import type { Transaction } from '@hyperledger/fabric-gateway'
import type { Link } from '../connection/link.js'
import { SubmitError, type CaizhengError } from '../errors/caizheng-error.js'
import { failureOf, toCaizhengError } from '../errors/gateway-failure.js'
import { isOutcomeUnknown } from '../errors/failure.js'
import { sleep } from './abortable.js'
import type { TransactionStatus } from './call.js'
import { backoff } from './retry.js'
import { transactionStatus } from './status.js'

/**
 * Sends one endorsed transaction and finds out what became of **it**, whatever goes wrong on the way. Where the
 * orderers' answer is lost, the status of the same transaction id is asked for; where that stays silent, the same
 * signed bytes are sent again, which can't record it twice since a peer accepts a transaction id once.
 *
 * @throws {SubmitError} `SUBMIT_REFUSED`, `OVERLOADED`: certainly not recorded; `OUTCOME_UNKNOWN`; `CANCELLED`.
 */
export async function settle(link: Link, transaction: Transaction, signal?: AbortSignal): Promise<TransactionStatus> {
  const transactionId = transaction.getTransactionId()
  const end = Date.now() + link.timeouts.outcome
  let acknowledged = false
  for (let round = 1; ; round++) {
    if (!acknowledged) {
      const refusal = await send(link, transaction, signal)
      acknowledged = refusal === undefined
      // Only the first answer can prove that nothing was recorded: after a lost one, an earlier copy may be.
      if (refusal !== undefined && refusal.code !== 'OUTCOME_UNKNOWN' && round === 1) throw refusal
    }
    const wait = Math.min(acknowledged ? link.timeouts.commit : link.timeouts.doubt, Math.max(end - Date.now(), 1))
    try {
      return await transactionStatus(link, transactionId, wait, signal)
    } catch (thrown) {
      const error = toCaizhengError(thrown, 'commit', transactionId)
      if (error.code === 'CANCELLED') throw error
      if (Date.now() >= end || error.code === 'CLOSED') throw unknown(transactionId, error)
    }
    await pause(backoff(250, round), transactionId, signal)
  }
}

/** Undefined where the orderers acknowledged it. */
async function send(
  link: Link,
  transaction: Transaction,
  signal: AbortSignal | undefined,
): Promise<CaizhengError | undefined> {
  const transactionId = transaction.getTransactionId()
  try {
    const context = { signal, transactionId }
    await link.call('submit', link.timeouts.submit, (options) => transaction.submit(options), context)
    return undefined
  } catch (thrown) {
    const error = toCaizhengError(thrown, 'submit', transactionId)
    if (error.code === 'CANCELLED') throw error
    const failure = failureOf(error.cause, 'submit', transactionId)
    return failure !== undefined && isOutcomeUnknown(failure) ? unknown(transactionId, error) : error
  }
}

function unknown(transactionId: string, cause: CaizhengError): CaizhengError {
  const message = `It isn't known whether transaction ${transactionId} was recorded: ${cause.message}`
  const { organizations } = cause
  return new SubmitError('OUTCOME_UNKNOWN', 'submit', message, { transactionId, organizations, cause })
}

async function pause(milliseconds: number, transactionId: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, signal)
  } catch (stopped) {
    throw toCaizhengError(stopped, 'commit', transactionId)
  }
}
