import { CanonicalError } from './error.js'
import { canonicalize, type CanonicalValue } from './canonicalize.js'

/**
 * Reads canonical JSON and nothing else, so that one value has one text wherever it is hashed, signed or compared.
 * Repeated keys, spaces, another key order, `1.0`, `1e3`, needless escapes and a byte order mark are all refused.
 *
 * @throws {CanonicalError} `NOT_JSON`, `NOT_CANONICAL`, or what {@link canonicalize} throws.
 * @example
 * ```ts
 * parseCanonical('{"a":1}')        // { a: 1 }
 * parseCanonical('{"a":1,"a":1}')  // throws NOT_CANONICAL
 * ```
 */
export function parseCanonical(input: string | Uint8Array): CanonicalValue {
  const text = typeof input === 'string' ? input : decodeUtf8(input)
  const value = parseJson(text)
  // Writing it again is the whole check: JSON.parse keeps the last of repeated keys and rounds numbers, so the text differs.
  if (canonicalize(value) !== text) {
    throw new CanonicalError('NOT_CANONICAL', 'Not canonical JSON: sort the keys, drop the spaces, write each key once')
  }
  return value as CanonicalValue
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new CanonicalError('NOT_JSON', 'Not UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CanonicalError('NOT_JSON', 'Not JSON')
  }
}
