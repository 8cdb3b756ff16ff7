import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { read } from '../schema/read.js'

/** Most keys that one `GetRecords` takes. */
export const MAX_KEYS = 100

/** A record's key: its kind, and the parts of its id. */
export const recordKey = z
  .string()
  .check(z.maxLength(300), z.regex(/^[A-Za-z]+(:[^\p{Cc}]{1,250})?$/u, 'must be a key such as contract:A-WK-01'))

const Keys = z.array(recordKey).check(
  z.minLength(1),
  z.maxLength(MAX_KEYS),
  z.refine((keys) => new Set(keys).size === keys.length, 'must not repeat a key'),
)

/** What `GetRecords` takes. @throws {RecordError} */
export function parseRecordKeys(value: unknown): readonly string[] {
  return read(Keys, value, 'keys of records')
}

const Answer = z.strictObject({
  kind: z.literal('records'),
  version: z.literal(1),
  /** One for each key, in the order of the keys: as stored, or null where there is none. */
  records: z.array(z.unknown()),
})

/**
 * What `GetRecords` answers, one for each key; `undefined` where there is none.
 *
 * @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer.
 */
export function parseRecords(bytes: string | Uint8Array): readonly unknown[] {
  const { records } = read(Answer, parseCanonical(bytes), 'records')
  return records.map((record) => record ?? undefined)
}
