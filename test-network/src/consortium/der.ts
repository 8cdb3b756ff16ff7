/**
 * The part of DER (X.690) that writing a certificate takes: definite lengths, shortest forms.
 * A certificate is written and never read here, so a writer is all there is.
 */

const encoder = new TextEncoder()

/** One element: tag, length, content (given in pieces). */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size])
  const bytes: number[] = []
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.from([0x80 | bytes.length, ...bytes])
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(0x30, ...items)
export const set = (...items: readonly Uint8Array[]): Buffer => element(0x31, ...items)
export const octetString = (bytes: Uint8Array): Buffer => element(0x04, bytes)
export const utf8String = (text: string): Buffer => element(0x0c, encoder.encode(text))
export const printableString = (text: string): Buffer => element(0x13, encoder.encode(text))
export const boolean = (value: boolean): Buffer => element(0x01, Buffer.from([value ? 0xff : 0x00]))
export const nothing = Buffer.alloc(0)

/** A constructed element of a context-specific tag, as `[n] EXPLICIT`. */
export const tagged = (tag: number, ...content: readonly Uint8Array[]): Buffer => element(0xa0 | tag, ...content)

/** A primitive element of a context-specific tag, as `[n] IMPLICIT` of a string or of bytes. */
export const taggedPrimitive = (tag: number, content: Uint8Array): Buffer => element(0x80 | tag, content)

/** A non-negative INTEGER of big-endian bytes. */
export function integer(magnitude: Uint8Array): Buffer {
  let start = 0
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1
  const bytes = magnitude.subarray(start)
  if (bytes.length === 0) return element(0x02, Buffer.from([0]))
  return (bytes[0] ?? 0) & 0x80 ? element(0x02, Buffer.from([0]), bytes) : element(0x02, bytes)
}

/** A BIT STRING of whole bytes, the last `unused` bits of which don't count. */
export const bitString = (bytes: Uint8Array, unused = 0): Buffer => element(0x03, Buffer.from([unused]), bytes)

/** An OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f))
  return bytes
}

/** A time to the second: UTCTime up to 2049 and GeneralizedTime after, as RFC 5280 asks of a certificate. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d{3}/g, '')
  return at.getUTCFullYear() < 2050
    ? element(0x17, encoder.encode(digits.slice(2)))
    : element(0x18, encoder.encode(digits))
}
