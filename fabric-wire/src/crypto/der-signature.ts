import { concatBytes, fromHex } from './bytes.js'

/** The order n of P-256. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
const HALF_ORDER = fromHex('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8')

/** The two integers of an ECDSA signature, big-endian without leading zeros. */
export interface SignatureParts {
  readonly r: Uint8Array
  readonly s: Uint8Array
}

/**
 * Reads an ECDSA signature in strict DER: shortest lengths, shortest positive integers of at most `size` bytes, nothing
 * after them. Gives undefined for anything else, so that a signature has one form only.
 */
export function readSignature(der: Uint8Array, size = 32): SignatureParts | undefined {
  if (der.length < 8 || der[0] !== 0x30) return undefined
  let at = 1
  let length = der[at++] ?? 0
  if (length === 0x81) {
    length = der[at++] ?? 0
    if (length < 0x80) return undefined
  } else if (length >= 0x80) return undefined
  if (at + length !== der.length) return undefined
  const r = readInteger(der, at, size)
  if (r === undefined) return undefined
  const s = readInteger(der, r.end, size)
  return s?.end === der.length ? { r: r.value, s: s.value } : undefined
}

function readInteger(der: Uint8Array, at: number, size: number): { value: Uint8Array; end: number } | undefined {
  const length = der[at + 1] ?? 0
  const start = at + 2
  const end = start + length
  if (der[at] !== 0x02 || length === 0 || length > size + 1 || end > der.length) return undefined
  const first = der[start] ?? 0
  if (first >= 0x80) return undefined
  if (first !== 0) return length > size ? undefined : { value: der.subarray(start, end), end }
  // A leading zero stands only before a byte with its high bit set; so zero itself is refused as well.
  if (length === 1 || (der[start + 1] ?? 0) < 0x80) return undefined
  return { value: der.subarray(start + 1, end), end }
}

function writeInteger(value: Uint8Array): Uint8Array {
  const pad = (value[0] ?? 0) >= 0x80 ? [0] : []
  return Uint8Array.from([0x02, value.length + pad.length, ...pad, ...value])
}

function isLow(s: Uint8Array): boolean {
  if (s.length !== 32) return s.length < 32
  for (let i = 0; i < 32; i++) {
    const difference = (s[i] ?? 0) - (HALF_ORDER[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}

/** Whether a P-256 signature is strict DER with s at most n/2, as Fabric requires. */
export function isLowS(der: Uint8Array): boolean {
  const parts = readSignature(der)
  return parts !== undefined && isLow(parts.s)
}

/** A signature in DER. Leading zeros of its integers are dropped, as DER demands. */
export function writeSignature({ r, s }: SignatureParts): Uint8Array {
  const shortest = (value: Uint8Array) => value.subarray(value.findIndex((byte) => byte !== 0))
  const body = concatBytes(writeInteger(shortest(r)), writeInteger(shortest(s)))
  return concatBytes(Uint8Array.of(0x30, body.length), body)
}

/**
 * The low-S form of a P-256 signature: what `crypto.sign` gives must pass through it before Fabric accepts it.
 *
 * @throws {TypeError} if `der` is no strict DER signature
 * @example toLowS(crypto.sign('sha256', message, privateKey))
 */
export function toLowS(der: Uint8Array): Uint8Array {
  const parts = readSignature(der)
  if (parts === undefined) throw new TypeError('not an ECDSA signature in DER')
  if (isLow(parts.s)) return Uint8Array.from(der)
  let s = 0n
  for (const byte of parts.s) s = (s << 8n) | BigInt(byte)
  return writeSignature({ r: parts.r, s: fromHex((ORDER - s).toString(16).padStart(64, '0')) })
}
