import type { RecordType } from '@caizheng/records'

/**
 * What bytes read as, by kind and bytes: the same settings, persons, projects and contracts are read by transaction after
 * transaction, and the same bytes can never read as anything else. Each is frozen, as many share it.
 */
const known = new Map<string, unknown>()

/** All are let go beyond so many characters: a bound by number would bound nothing, as a bill may be longer than thousands. */
const MOST_CHARACTERS = 4_000_000
let characters = 0

/** Reads a record's stored bytes, every check of its type included. */
export function parsed<T>(type: RecordType<T>, bytes: Uint8Array): T {
  const key = `${type.kind}:${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')}`
  const before = known.get(key)
  if (before !== undefined) return before as T
  const record = frozen(type.parse(bytes))
  if (characters + key.length > MOST_CHARACTERS) {
    known.clear()
    characters = 0
  }
  known.set(key, record)
  characters += key.length
  return record
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
