import { CaizhengError, type CaizhengErrorCode } from '../errors/caizheng-error.js'
import { toCaizhengError } from '../errors/gateway-failure.js'
import { sleep } from '../transactions/abortable.js'
import { backoff } from '../transactions/retry.js'

/**
 * What may pass by itself. An unknown outcome is among them, other than for single calls: the chain writes a root, and an
 * anchor, once, so asking for it again clears the doubt and can't double it.
 */
const passing = new Set<CaizhengErrorCode>([
  'BATCH_NOT_FOUND',
  'CHAINCODE_FAILED',
  'CHAINCODE_UNAVAILABLE',
  'CONFLICT',
  'DUPLICATE_TRANSACTION',
  'ENDORSEMENTS_DIFFER',
  'NOT_ENOUGH_ORGANIZATIONS',
  'NOT_REACHABLE',
  'OUTCOME_UNKNOWN',
  'OVERLOADED',
  'TIMED_OUT',
])

/**
 * Does `work` until it succeeds, fails for a reason that won't pass, or `patience` milliseconds are over. `work` must be
 * harmless to repeat.
 */
export async function persist<T>(work: () => Promise<T>, patience: number, signal: AbortSignal): Promise<T> {
  const end = performance.now() + patience
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CaizhengError && passing.has(error.code))) throw error
      const wait = backoff(250, attempt)
      if (performance.now() + wait > end) throw error
      await sleep(wait, signal).catch((stopped: unknown) => {
        throw toCaizhengError(stopped, 'submit', error.transactionId)
      })
    }
  }
}
