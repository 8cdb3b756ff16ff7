import { contractErrors, type ContractErrorCode, type ContractErrorGuide } from '@caizheng/records'
import { clientErrors, type ClientErrorCode, type Stage } from './codes.js'

/** Every code a {@link CaizhengError} can carry: the client's own and the contracts'. Closed, so a `switch` narrows. */
export type CaizhengErrorCode = ClientErrorCode | ContractErrorCode

/** What one organisation's node answered. */
export interface OrganizationDetail {
  readonly mspId: string
  readonly address: string
  readonly message: string
}

export interface CaizhengErrorOptions {
  readonly transactionId?: string | undefined
  readonly organizations?: readonly OrganizationDetail[]
  /** What the contract added to its refusal. */
  readonly details?: unknown
  /** Fabric's validation code, for a transaction that was recorded as invalid. */
  readonly validationCode?: number
  /** Overrides the advice that belongs to the code. */
  readonly next?: string
  readonly cause?: unknown
}

/**
 * The one base class of what this package throws. `code` says what happened, `stage` where, `next` what to do, and
 * `organizations` which node said what.
 *
 * @example
 * ```ts
 * try {
 *   await client.evidence.anchor('contract.pdf', about)
 * } catch (error) {
 *   if (error instanceof CaizhengError && error.code === 'ANCHOR_CONFLICT') console.error(error.message, error.next)
 * }
 * ```
 */
export class CaizhengError extends Error {
  readonly code: CaizhengErrorCode
  readonly stage: Stage
  /** What to do next, one sentence. */
  readonly next: string
  readonly transactionId: string | undefined
  readonly organizations: readonly OrganizationDetail[]
  readonly details: unknown
  readonly validationCode: number | undefined

  constructor(code: CaizhengErrorCode, stage: Stage, message: string, options: CaizhengErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.stage = stage
    this.next = options.next ?? guideTo(code).nextEn
    this.transactionId = options.transactionId
    this.organizations = options.organizations ?? []
    this.details = options.details
    this.validationCode = options.validationCode
  }
}

/** The profile, the identity or the connection isn't usable; nothing was sent. */
export class ConnectError extends CaizhengError {}
/** The input isn't usable; nothing was sent. */
export class PrepareError extends CaizhengError {}
/** A query failed. Queries change nothing. */
export class EvaluateError extends CaizhengError {}
/** The organisations didn't endorse. Nothing was recorded. */
export class EndorseError extends CaizhengError {}
/** The orderers refused, or it isn't known whether they took the transaction (`OUTCOME_UNKNOWN`). */
export class SubmitError extends CaizhengError {}
/** The transaction was recorded as invalid, or its status can't be had. */
export class CommitError extends CaizhengError {}
/** Blocks can't be followed. */
export class FollowError extends CaizhengError {}

const classes = {
  prepare: PrepareError,
  connect: ConnectError,
  evaluate: EvaluateError,
  endorse: EndorseError,
  submit: SubmitError,
  commit: CommitError,
  follow: FollowError,
} as const satisfies Record<Stage, typeof CaizhengError>

/** Builds the error class of a stage. */
export function errorAt(
  stage: Stage,
  code: CaizhengErrorCode,
  message: string,
  options?: CaizhengErrorOptions,
): CaizhengError {
  return new classes[stage](code, stage, message, options)
}

/** What a code means and what to do next, in English and Chinese. */
export function guideTo(code: CaizhengErrorCode): ContractErrorGuide {
  return { ...contractErrors, ...clientErrors }[code]
}
