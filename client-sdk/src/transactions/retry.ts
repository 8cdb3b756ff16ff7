import type { CaizhengError, CaizhengErrorCode } from '../errors/caizheng-error.js'

/**
 * What may be tried again with a **new** proposal: only what is known to have left no trace. An unknown outcome is not
 * here, since another proposal could then record the same thing twice; nor is anything a contract refused, since it
 * would refuse it again.
 */
const repeatable: Partial<Record<CaizhengErrorCode, { readonly base: number; readonly attempts: number }>> = {
  CONFLICT: { base: 25, attempts: Infinity },
  ENDORSEMENTS_DIFFER: { base: 100, attempts: Infinity },
  OVERLOADED: { base: 250, attempts: Infinity },
  NOT_REACHABLE: { base: 250, attempts: Infinity },
  CHAINCODE_UNAVAILABLE: { base: 250, attempts: Infinity },
  NOT_ENOUGH_ORGANIZATIONS: { base: 250, attempts: Infinity },
  // Each costs a whole deadline, so one more try is enough.
  TIMED_OUT: { base: 250, attempts: 2 },
}

const longestWait = 5_000

export const defaultAttempts = 5

/**
 * How long to wait before a new proposal, in milliseconds, or undefined where there must be none. The wait doubles with
 * each attempt and half of it is random, so that those who collided don't collide again.
 *
 * @param attempt - proposals so far, from 1.
 * @param random - uniform in [0, 1).
 */
export function waitBeforeRetry(
  error: CaizhengError,
  attempt: number,
  attempts: number,
  random: () => number = Math.random,
): number | undefined {
  const rule = repeatable[error.code]
  if (rule === undefined || attempt >= Math.min(attempts, rule.attempts)) return undefined
  return backoff(rule.base, attempt, random)
}

/** `base` doubled for each attempt, at most five seconds, half of it random. */
export function backoff(base: number, attempt: number, random: () => number = Math.random): number {
  const full = Math.min(base * 2 ** (attempt - 1), longestWait)
  return Math.round(full / 2 + (full / 2) * random())
}
