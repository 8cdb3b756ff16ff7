import { WireError } from '../errors.js'

// ignoreBOM: a leading U+FEFF is part of the string; without it the round trip would lose three bytes.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()
const LONE_SURROGATE = /\p{Surrogate}/u
const SHORT = 40

/** Decodes well-formed UTF-8; short ASCII, which nearly all of Fabric's strings are, without the decoder's overhead. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= SHORT) {
    let text = ''
    let i = start
    for (; i < end; i++) {
      const byte = bytes[i] ?? 0
      if (byte > 0x7f) break
      text += String.fromCharCode(byte)
    }
    if (i === end) return text
  }
  try {
    return decoder.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

/**
 * Encodes a string.
 *
 * @throws {WireError} `OUT_OF_RANGE` for a lone surrogate, which UTF-8 can't carry and TextEncoder would replace silently
 */
export function encodeUtf8(text: string): Uint8Array {
  if (LONE_SURROGATE.test(text)) throw new WireError('OUT_OF_RANGE', 'a string with a lone surrogate has no UTF-8 form')
  return encoder.encode(text)
}

/** Compares as Go sorts map keys: by the bytes of UTF-8, which is the order of code points (not of UTF-16 units). */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) {
      // Surrogates stand for code points above U+FFFF, so they sort after U+E000..U+FFFF.
      const liftedX = x >= 0xd800 && x < 0xe000 ? x + 0x10000 : x
      const liftedY = y >= 0xd800 && y < 0xe000 ? y + 0x10000 : y
      return liftedX - liftedY
    }
  }
  return a.length - b.length
}
