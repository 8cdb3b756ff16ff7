import type { CaizhengError } from '../errors/caizheng-error.js'
import { toCaizhengError } from '../errors/gateway-failure.js'
import type { GatewayFailure } from '../errors/failure.js'
import { sleep } from './abortable.js'
import type { CallOptions } from './call.js'
import { defaultAttempts, waitBeforeRetry } from './retry.js'

/**
 * Runs `once` until it succeeds, fails for good or has used its attempts. Each run must be a new proposal.
 *
 * @param alsoRepeat - how long to wait, in milliseconds, after further failures that this caller knows to be passing; it
 *   counts the attempts itself.
 */
export async function repeat<T>(
  stage: GatewayFailure['stage'],
  options: CallOptions,
  once: (attempt: number) => Promise<T>,
  alsoRepeat: (error: CaizhengError, attempt: number) => number | undefined = () => undefined,
): Promise<T> {
  const attempts = options.attempts ?? defaultAttempts
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(attempt)
    } catch (thrown) {
      const error = toCaizhengError(thrown, stage)
      const wait = waitBeforeRetry(error, attempt, attempts) ?? alsoRepeat(error, attempt)
      if (wait === undefined) throw error
      try {
        await sleep(wait, options.signal)
      } catch (stopped) {
        throw toCaizhengError(stopped, stage, error.transactionId)
      }
    }
  }
}
