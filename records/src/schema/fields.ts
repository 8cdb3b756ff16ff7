import * as z from 'zod/mini'
import { isWellFormed } from '../canonical/index.js'
import { documentTypes, type DocumentType } from '../codes/document-type.js'
import { isProjectCode, PROJECT_CODE_PATTERN } from '../codes/project-code.js'
import { isDate, isTimestamp, TIMESTAMP_PATTERN } from '../codes/time.js'
import { isUscc, USCC_PATTERN } from '../codes/uscc.js'

/** The longest each field may be, in UTF-16 code units. State and blocks keep every byte for ever. */
export const limits = {
  number: 100,
  sourceSystem: 100,
  generator: 100,
  witness: 200,
  mime: 127,
  mspId: 64,
  channel: 249,
  organizations: 32,
} as const

// Control characters, the invisible ones that make two texts look alike or turn one around on a page, and the sign of
// bytes that were no UTF-8. Naming control characters is the point of it.
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/

/**
 * The same test, which knows the value that passed last: documents come in rows of one project, one issuer, one system, and what
 * is dear here is asked of each. A value that is refused is tested each time.
 */
function knowingLast(test: (value: string) => boolean): (value: string) => boolean {
  let last: string | undefined
  return (value) => {
    if (value === last) return true
    if (!test(value)) return false
    last = value
    return true
  }
}

/** A short text for people: NFC, no surrounding spaces, nothing invisible; so equal to the eye means equal in bytes. */
export function text(maxLength: number) {
  return z.string().check(
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine(
      knowingLast((value) => isWellFormed(value) && value === value.normalize('NFC')),
      'must be Unicode in form NFC',
    ),
    z.refine((value) => value === value.trim(), 'must not begin or end with a space'),
    z.refine((value) => !INVISIBLE.test(value), 'must not have control or invisible characters'),
  )
}

/** 32 bytes in lower-case hex: SHA-256, SM3, a transaction id, a record id. */
export const hexDigest = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'))

/** A string of a pattern that must also pass a test that no pattern can make; one message for both. */
function code(pattern: RegExp, test: (value: string) => boolean, error: string) {
  return z.string().check(z.regex(pattern, { abort: true, error }), z.refine(knowingLast(test), error))
}

export const projectCode = code(
  PROJECT_CODE_PATTERN,
  isProjectCode,
  'must be a project code such as 2303-331003-04-01-000001 (R27)',
)

export const documentType = z.enum(Object.keys(documentTypes) as [DocumentType, ...DocumentType[]])

export const uscc = code(
  USCC_PATTERN,
  isUscc,
  'must be a unified social credit code (18 characters) with the right check character (R28)',
)

export const mspId = z
  .string()
  .check(z.maxLength(limits.mspId), z.regex(/^[A-Za-z][A-Za-z0-9.-]*$/, 'must be an MSP id such as FinanceMSP'))

export const channel = z
  .string()
  .check(z.maxLength(limits.channel), z.regex(/^[a-z][a-z0-9.-]*$/, 'must be a channel name such as fiscal'))

/** A media type without parameters, lower case (RFC 6838 names). */
export const mime = z
  .string()
  .check(
    z.maxLength(limits.mime),
    z.regex(
      /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/,
      'must be a media type such as application/pdf, in lower case and without parameters',
    ),
  )

export const timestamp = code(
  TIMESTAMP_PATTERN,
  isTimestamp,
  'must be a UTC timestamp such as 2026-11-23T02:04:31.000Z',
)

/** When something happened elsewhere: a day in Asia/Shanghai, or a moment in UTC. */
export const dateOrTimestamp = code(
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/,
  (value) => isDate(value) || isTimestamp(value),
  'must be a date (2026-11-23) or a UTC timestamp with milliseconds (2026-11-23T02:04:31.000Z)',
)

export const bytesCount = z.int().check(z.minimum(0))

/** The name of a lane, as its submitter chose it: shows as it is written. */
export const laneName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a lane name such as gateway-1'))

/** Both roots of one RFC 9162 tree shape over the same leaf bytes. */
export const treeRoots = z.strictObject({ sha256: hexDigest, sm3: hexDigest })

/** The number of a tree's leaves: proofs are exact in 32-bit arithmetic. */
export const treeSize = z.int().check(z.minimum(1), z.maximum(2 ** 31 - 1))

/** A number in a row that begins with 1. */
export const ordinal = z.int().check(z.minimum(1))
