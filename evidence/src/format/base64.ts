const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((character, value) => [character.charCodeAt(0), value]))

/**
 * Exactly the texts that base64 gives (RFC 4648 section 4): padded, and with zero bits where the last character has bits
 * to spare, so that one value has one text.
 */
export const CANONICAL_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

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
  if (!CANONICAL_BASE64.test(text)) throw new RangeError('Not canonical base64')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const valueAt = (i: number) => VALUES.get(text.charCodeAt(i)) ?? 0
  for (let i = 0, next = 0; i < text.length; i += 4) {
    const group = (valueAt(i) << 18) | (valueAt(i + 1) << 12) | (valueAt(i + 2) << 6) | valueAt(i + 3)
    for (let shift = 16; shift >= 0 && next < bytes.length; shift -= 8) bytes[next++] = (group >>> shift) & 255
  }
  return bytes
}
