/** fabric-ca's numeric codes, as far as this service answers with them. The names are those of its source, shortened. */
export const CaCode = {
  unknown: 0,
  methodNotAllowed: 1,
  noAuthorizationHeader: 2,
  unreadableBody: 3,
  emptyBody: 4,
  badBody: 5,
  certificateNotFound: 8,
  wrongOwner: 9,
  revokedIdentityNotFound: 10,
  missingRevokeArguments: 15,
  gettingAffiliation: 16,
  caNotFound: 19,
  authenticationFailure: 20,
  badCsr: 31,
  invalidRevokedAfter: 36,
  invalidExpiredAfter: 37,
  httpRequest: 50,
  addIdentity: 52,
  removeIdentity: 56,
  badBoolean: 57,
  modifyIdentity: 58,
  addAffiliation: 60,
  removeAffiliation: 61,
  notInDatabase: 63,
  alreadyRevoked: 66,
  authorizationFailure: 71,
  passwordAttempts: 73,
  duplicateIdentity: 74,
  commonNameDiffers: 77,
  badCsrInput: 80,
  badMaxEnrollments: 82,
} as const

/** One of fabric-ca's codes. */
export type CaCode = (typeof CaCode)[keyof typeof CaCode]

/** A request was refused: what goes back to the client, with fabric-ca's HTTP status and code. */
export class CaError extends Error {
  override readonly name = 'CaError'

  constructor(
    /** The HTTP status. */
    readonly status: number,
    readonly code: CaCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The request itself is malformed. */
export const badRequest = (message: string, code: CaCode = CaCode.badBody): CaError => new CaError(400, code, message)

/** Who is calling was not proved. Why goes to nobody: an attacker would learn which ids exist. */
export const unauthenticated = (cause?: unknown): CaError =>
  new CaError(401, CaCode.authenticationFailure, 'Authentication failure', { cause })

/**
 * The caller is known and may not do this. fabric-ca hides the reason from the client; a caller who has proved who it
 * is may know it, so that it can be mended.
 */
export const forbidden = (reason: string): CaError =>
  new CaError(403, CaCode.authorizationFailure, `Authorization failure: ${reason}`)
