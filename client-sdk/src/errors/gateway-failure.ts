import { GatewayError } from '@hyperledger/fabric-gateway'
import { CaizhengError, errorAt } from './caizheng-error.js'
import { errorFrom, type GatewayFailure } from './failure.js'
import { reasonOf } from './reason.js'
import { Aborted } from '../transactions/abortable.js'

type NetworkStage = GatewayFailure['stage']

/** Reads what fabric-gateway threw; undefined where it isn't a gateway's answer. */
export function failureOf(error: unknown, stage: NetworkStage, transactionId?: string): GatewayFailure | undefined {
  if (!(error instanceof GatewayError)) return undefined
  return {
    stage,
    status: error.code,
    message: error.message,
    organizations: error.details.map(({ mspId, address, message }) => ({ mspId, address, message })),
    transactionId,
    cause: error,
  }
}

/** The CaizhengError for anything thrown while talking to the gateway. */
export function toCaizhengError(error: unknown, stage: NetworkStage, transactionId?: string): CaizhengError {
  if (error instanceof CaizhengError) return error
  if (error instanceof Aborted) {
    const sent = stage === 'submit' || stage === 'commit'
    return errorAt(stage, 'CANCELLED', 'The caller stopped waiting', {
      transactionId,
      cause: error.cause,
      ...(sent ? { next: 'The transaction may still be recorded: ask for the status of its id.' } : {}),
    })
  }
  const failure = failureOf(error, stage, transactionId)
  if (failure !== undefined) return errorFrom(failure)
  return errorAt(stage, 'UNEXPECTED', reasonOf(error), { transactionId, cause: error })
}
