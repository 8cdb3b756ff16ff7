/**
 * Every `code` that a problem of this API can carry. The list is closed: a new code is a new version of the API. Where
 * the chain's rules refused a document the code is `ANCHOR_REFUSED` and the contract's own code stands in `refusal`.
 */
export const problemCodes = {
  MALFORMED_REQUEST: 400,
  INVALID_PARAMETER: 400,
  UNAUTHORIZED: 401,
  FOREIGN_ORIGIN: 403,
  NOT_FOUND: 404,
  DOCUMENT_UNKNOWN: 404,
  SUBMISSION_UNKNOWN: 404,
  RECORD_UNKNOWN: 404,
  TRUST_MISSING: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  ANCHOR_CONFLICT: 409,
  ANCHOR_PENDING: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  MISDIRECTED_REQUEST: 421,
  INVALID_DOCUMENT: 422,
  ANCHOR_REFUSED: 422,
  INTERNAL: 500,
  QUEUE_FULL: 503,
  NETWORK_UNAVAILABLE: 503,
  JOURNAL_UNAVAILABLE: 503,
} as const satisfies Record<string, number>

/** A key of {@link problemCodes}. */
export type ProblemCode = keyof typeof problemCodes
