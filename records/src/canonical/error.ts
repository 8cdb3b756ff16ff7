/** Why a value or a text has no canonical form. */
export type CanonicalErrorCode =
  /** A value outside null, booleans, strings, safe integers, arrays and plain objects. */
  | 'VALUE_REFUSED'
  /** A string that is not well-formed Unicode (a lone surrogate). */
  | 'STRING_REFUSED'
  /** Nested deeper than {@link MAX_DEPTH}. */
  | 'TOO_DEEP'
  /** Bytes that are not UTF-8, or text that is not JSON. */
  | 'NOT_JSON'
  /** JSON, but not its canonical text: spaces, another key order, a repeated key, another spelling of a value. */
  | 'NOT_CANONICAL'

/** Thrown by the functions of this folder; `at` is a JSON Pointer (RFC 6901) to the offending value. */
export class CanonicalError extends Error {
  readonly code: CanonicalErrorCode
  readonly at: string

  constructor(code: CanonicalErrorCode, message: string, at = '') {
    super(at === '' ? message : `${message} (at ${at})`)
    this.name = 'CanonicalError'
    this.code = code
    this.at = at
  }
}
