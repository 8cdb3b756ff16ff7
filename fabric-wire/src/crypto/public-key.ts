import { concatBytes, equalBytes, fromHex } from './bytes.js'

export type Curve = 'P-256' | 'P-384'

/** An ECDSA public key: its uncompressed point (0x04, x, y) and its SubjectPublicKeyInfo in DER. */
export interface PublicKey {
  readonly curve: Curve
  readonly point: Uint8Array
  readonly spki: Uint8Array
}

/** All that stands before the point in the one DER form of each curve's SubjectPublicKeyInfo. */
const PREFIXES: readonly (readonly [Curve, Uint8Array, number])[] = [
  ['P-256', fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'), 65],
  ['P-384', fromHex('3076301006072a8648ce3d020106052b81040022036200'), 97],
]

/**
 * Reads an ECDSA public key from its SubjectPublicKeyInfo or its uncompressed point. Gives undefined for other algorithms,
 * curves and forms. Whether the point is on the curve is for the verification to say.
 */
export function readPublicKey(key: Uint8Array): PublicKey | undefined {
  for (const [curve, prefix, length] of PREFIXES) {
    if (key.length === length && key[0] === 4) return { curve, point: key, spki: concatBytes(prefix, key) }
    const point = key.subarray(prefix.length)
    if (point.length === length && point[0] === 4 && equalBytes(key.subarray(0, prefix.length), prefix)) {
      return { curve, point, spki: key }
    }
  }
  return undefined
}
