import { CaizhengError } from '@caizheng/client-sdk'
import { isNetworkFailure } from '../chain.js'
import { Problem } from '../problems/problem.js'

/** Whatever a handler threw, as a problem that tells the caller no more than it needs. */
export function problemOf(error: unknown, request: string): Problem {
  if (error instanceof Problem) return error
  if (error instanceof CaizhengError && isNetworkFailure(error)) {
    return new Problem('NETWORK_UNAVAILABLE', { values: { reason: error.code }, retryAfter: 5, cause: error })
  }
  const { code, status } = error as { code?: unknown; status?: unknown }
  if (typeof code === 'string' && /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT)/.test(code)) {
    return new Problem('JOURNAL_UNAVAILABLE', { retryAfter: 30, cause: error })
  }
  // Express reports a path that is not valid percent-encoding this way.
  if (status === 400)
    return new Problem('MALFORMED_REQUEST', { values: { reason: 'the path is not valid' }, cause: error })
  return new Problem('INTERNAL', { values: { request }, cause: error })
}
