import { problemCodes, type ProblemCode } from './codes.js'
import type { Language } from './texts.js'

/** One thing wrong in a request, at a place in it. */
export interface InvalidPart {
  /** The member, as a JSON pointer, or the name of a part or parameter. */
  readonly pointer: string
  readonly detail: string
}

export interface ProblemOptions {
  /** What the texts of the code name, for example `{ limit: 1024 }`. */
  readonly values?: Readonly<Record<string, string | number>>
  /** Values that differ between the languages. */
  readonly localized?: Readonly<Record<Language, Readonly<Record<string, string>>>>
  /** Where the code's usual status doesn't fit. */
  readonly status?: number
  /** Further members of the answer. */
  readonly members?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number
  readonly cause?: unknown
}

/** Thrown by handlers; answered as `application/problem+json` (RFC 9457) in the reader's language. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly values: Readonly<Record<string, string | number>>
  readonly localized: ProblemOptions['localized']
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions = {},
  ) {
    super(code, { cause: options.cause })
    this.status = options.status ?? problemCodes[code]
    this.values = options.values ?? {}
    this.localized = options.localized
    this.members = options.members ?? {}
    this.headers = {
      ...options.headers,
      ...(options.retryAfter === undefined ? {} : { 'Retry-After': String(options.retryAfter) }),
    }
  }
}

/** A parameter of the path or the query is not what it must be, said in both languages. */
export function invalidParameter(name: string, en: string, zh: string): Problem {
  return new Problem('INVALID_PARAMETER', {
    values: { name },
    localized: { en: { expected: en }, zh: { expected: zh } },
    members: { errors: [{ pointer: name, detail: en }] satisfies InvalidPart[] },
  })
}
