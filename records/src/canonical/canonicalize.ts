import { CanonicalError } from './error.js'
import { inOrder, MAX_DEPTH } from './in-order.js'
import { isWellFormed } from './well-formed.js'

/** The only values that records are made of. Money and quantities are strings or integers, never fractions. */
export type CanonicalValue =
  null | boolean | number | string | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue }

/**
 * The one text of a value: JSON as RFC 8785 (JCS) writes it, with keys sorted by UTF-16 code units and no spaces.
 * For the restricted values above it needs nothing of JCS's number formatting.
 *
 * It refuses what other serialisers drop or change silently: `undefined`, functions and symbols, fractions, integers
 * beyond 2^53 - 1, negative zero, lone surrogates, holes in arrays, objects with a class (dates, maps), the key `__proto__`.
 *
 * @throws {CanonicalError} `VALUE_REFUSED`, `STRING_REFUSED` or `TOO_DEEP`, with the place.
 * @example
 * ```ts
 * canonicalize({ b: 1, a: ['元'] }) // '{"a":["元"],"b":1}'
 * ```
 */
export function canonicalize(value: unknown): string {
  const plain = inOrder(value, 0)
  // A lone surrogate is written as an escape, `\ud…`; an escaped backslash before a `ud` looks alike and goes the longer way.
  const text = plain === undefined ? '\\ud' : JSON.stringify(plain)
  return text.includes('\\ud') ? write(value, []) : text
}

/** {@link canonicalize} as UTF-8 bytes: what is stored, hashed and signed. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalize(value))
}

/** Where the writer is, as keys and indexes; made into a place only when something is refused there. */
type Path = (string | number)[]

const placeOf = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function write(value: unknown, path: Path): string {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'string') return writeString(value, path)
  if (typeof value === 'number') return writeInteger(value, path)
  if (typeof value !== 'object')
    throw new CanonicalError('VALUE_REFUSED', `A ${typeof value} has no canonical form`, placeOf(path))
  if (path.length >= MAX_DEPTH) throw new CanonicalError('TOO_DEEP', `Nested deeper than ${MAX_DEPTH}`, placeOf(path))
  return Array.isArray(value) ? writeArray(value, path) : writeObject(value, path)
}

function writeString(value: string, path: Path): string {
  if (!isWellFormed(value)) {
    throw new CanonicalError('STRING_REFUSED', 'A string with a lone surrogate', placeOf(path))
  }
  // For well-formed strings JSON.stringify escapes exactly what RFC 8785 does.
  return JSON.stringify(value)
}

function writeInteger(value: number, path: Path): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new CanonicalError(
      'VALUE_REFUSED',
      `The number ${Object.is(value, -0) ? '-0' : value} is not a safe integer`,
      placeOf(path),
    )
  }
  return String(value)
}

function writeArray(values: readonly unknown[], path: Path): string {
  // By index, as the array methods would skip holes.
  const parts: string[] = []
  for (let index = 0; index < values.length; index++) {
    path.push(index)
    parts.push(write(values[index], path))
    path.pop()
  }
  return `[${parts.join(',')}]`
}

function writeObject(value: object, path: Path): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  // A plain object of another realm has another Object.prototype, but that one has no prototype either.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new CanonicalError('VALUE_REFUSED', 'An object with a class has no canonical form', placeOf(path))
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    throw new CanonicalError('VALUE_REFUSED', 'A key that is a symbol has no canonical form', placeOf(path))
  }
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    path.push(key)
    if (key === '__proto__') throw new CanonicalError('VALUE_REFUSED', 'The key __proto__ is refused', placeOf(path))
    parts.push(`${writeString(key, path)}:${write((value as Record<string, unknown>)[key], path)}`)
    path.pop()
  }
  return `{${parts.join(',')}}`
}
