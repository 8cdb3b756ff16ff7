import { CanonicalError, RecordError } from '@caizheng/records'
import { errorAt } from '../errors/caizheng-error.js'

/** Reads what a query answered. @throws {EvaluateError} `RESPONSE_INVALID` */
export function readAnswer<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof RecordError || cause instanceof CanonicalError)) throw cause
    throw errorAt('evaluate', 'RESPONSE_INVALID', `The chaincode's answer is unreadable: ${cause.message}`, { cause })
  }
}
