const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Value of each character by its code; 64 for what is no base64. */
const VALUES = new Uint8Array(128).fill(64)
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/** The shape of base64; whether it is canonical is for `isBase64`. */
export const BASE64_SHAPE = /^[A-Za-z0-9+/]*={0,2}$/

function valueAt(text: string, index: number): number {
  return VALUES[text.charCodeAt(index)] ?? 64
}

/**
 * True for exactly the texts that base64 gives (RFC 4648 section 4): padded, and with zero bits where the last character has
 * bits to spare, so that one value has one text.
 */
export function isBase64(text: string): boolean {
  const { length } = text
  if (length % 4 !== 0) return false
  const padding = paddingOf(text)
  for (let i = 0; i < length - padding; i++) if (valueAt(text, i) === 64) return false
  if (padding === 2) return (valueAt(text, length - 3) & 15) === 0
  return padding === 0 || (valueAt(text, length - 2) & 3) === 0
}

function paddingOf(text: string): number {
  return text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
}

/** Base64 of bytes, the same in Node and the browser. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET.charAt(group >>> 18) + ALPHABET.charAt((group >>> 12) & 63)
    text += left > 1 ? ALPHABET.charAt((group >>> 6) & 63) : '='
    text += left > 2 ? ALPHABET.charAt(group & 63) : '='
  }
  return text
}

/**
 * The bytes of canonical base64.
 *
 * @throws RangeError for any other text
 */
export function fromBase64(text: string): Uint8Array {
  if (!isBase64(text)) throw new RangeError('Not canonical base64')
  const bytes = new Uint8Array((text.length / 4) * 3 - paddingOf(text))
  // Padding reads as 64, whose bits fall beyond the bytes that are kept; bytes past the end are dropped by the array.
  for (let i = 0, next = 0; i < text.length; i += 4, next += 3) {
    const group =
      (valueAt(text, i) << 18) |
      (valueAt(text, i + 1) << 12) |
      ((valueAt(text, i + 2) & 63) << 6) |
      (valueAt(text, i + 3) & 63)
    bytes[next] = group >>> 16
    bytes[next + 1] = group >>> 8
    bytes[next + 2] = group
  }
  return bytes
}
