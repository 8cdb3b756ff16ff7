import { CanonicalError } from './error.js'
import { canonicalize, type CanonicalValue } from './canonicalize.js'
import { MAX_DEPTH } from './in-order.js'

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
  if (!isSurelyCanonical(value, text) && canonicalize(value) !== text) {
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

/**
 * The usual case at a third of the cost: the engine writes the same text, and nothing is in it that `canonicalize` would write
 * otherwise or refuse. False only means that the longer way must tell.
 */
function isSurelyCanonical(value: unknown, text: string): boolean {
  // A lone surrogate is written as an escape, `\ud…`; an escaped backslash before a `u` looks alike and goes the longer way.
  return isOrdered(value, 0) && JSON.stringify(value) === text && !text.includes('\\ud')
}

/** Whether keys ascend and numbers are safe integers, all the way down. */
function isOrdered(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  if (Array.isArray(value)) return value.every((item) => isOrdered(item, depth + 1))
  let previous: string | undefined
  for (const key of Object.keys(value)) {
    if ((previous !== undefined && key <= previous) || key === '__proto__') return false
    if (!isOrdered((value as Record<string, unknown>)[key], depth + 1)) return false
    previous = key
  }
  return true
}
