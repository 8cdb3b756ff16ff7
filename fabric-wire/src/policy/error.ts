/**
 * What is wrong with a policy:
 * - `SYNTAX`: the expression can't be read. Write it as `AND('A.peer', OR('B.peer', 'C.peer'))` or `OutOf(2, …)`.
 * - `INVALID`: it can't be evaluated: an index out of range, an empty rule, a principal of another kind.
 * - `UNKNOWN_POLICY`: the channel's configuration has no policy of that name.
 */
export type PolicyErrorCode = 'SYNTAX' | 'INVALID' | 'UNKNOWN_POLICY'

/** A policy that cannot be read, evaluated or found. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'

  constructor(
    readonly code: PolicyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
