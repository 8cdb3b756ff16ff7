const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte] ?? ''
  return text
}

/**
 * Reads hex of either case.
 *
 * @throws {TypeError} for an odd length or another character
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new TypeError('not hex')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const byte = digitAt(text, 2 * i) * 16 + digitAt(text, 2 * i + 1)
    if (byte >= 256) throw new TypeError('not hex')
    bytes[i] = byte
  }
  return bytes
}

/** Value of each character by its code; what is no digit makes every byte that it is part of too large. */
const DIGITS = new Uint16Array(128).fill(256)
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  for (const text of [digit, digit.toUpperCase()]) DIGITS[text.charCodeAt(0)] = value
}

function digitAt(text: string, index: number): number {
  return DIGITS[text.charCodeAt(index)] ?? 256
}

/** Whether two byte strings are the same. Not constant in time: everything here is public. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Joins byte strings; no lengths stand between them. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const latin1 = new TextDecoder('latin1')

/** A string that stands for these bytes and no others: for keys of caches, cheaper than a hash. */
export function bytesKey(bytes: Uint8Array): string {
  return latin1.decode(bytes)
}
