import { hashWith, type Digest } from '#crypto'
import { readDer } from '../der/der.js'
import { concatBytes, equalBytes, fromHex, toHex } from './bytes.js'

const RSA_ENCRYPTION = fromHex('06092a864886f70d0101010500')
/** DER of DigestInfo before the digest (RFC 8017, 9.2). */
const DIGEST_INFO: Readonly<Record<Digest, Uint8Array>> = {
  sha256: fromHex('3031300d060960864801650304020105000420'),
  sha384: fromHex('3041300d060960864801650304020205000430'),
  sha512: fromHex('3051300d060960864801650304020305000440'),
}
const LEAST_BITS = 2048
const MOST_BITS = 8192

interface RsaKey {
  readonly modulus: bigint
  readonly exponent: bigint
  /** Bytes of the modulus, and of a signature. */
  readonly size: number
}

function readRsaKey(spki: Uint8Array): RsaKey | undefined {
  const [algorithm, bits, ...more] = readDer(spki, 0x30)?.children() ?? []
  if (!algorithm || !bits || more.length > 0 || !equalBytes(algorithm.content, RSA_ENCRYPTION)) return undefined
  if (bits.tag !== 0x03 || bits.content[0] !== 0) return undefined
  const [modulus, exponent, ...others] = readDer(bits.content.subarray(1), 0x30)?.children() ?? []
  if (modulus?.tag !== 0x02 || exponent?.tag !== 0x02 || others.length > 0) return undefined
  const digits = toHex(modulus.content).replace(/^(00)+/, '')
  const size = digits.length / 2
  // A long exponent would only cost time; nobody's key has one.
  if (8 * size < LEAST_BITS || 8 * size > MOST_BITS || exponent.content.length > 4) return undefined
  return { modulus: BigInt(`0x${digits}`), exponent: BigInt(`0x${toHex(exponent.content)}`), size }
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/**
 * Verifies RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2) by building the one right padding and comparing all of it.
 *
 * @param spki an RSA key of 2,048 to 8,192 bits as SubjectPublicKeyInfo in DER
 */
export function verifyRsa(spki: Uint8Array, digest: Digest, message: Uint8Array, signature: Uint8Array): boolean {
  const key = readRsaKey(spki)
  if (signature.length !== key?.size) return false
  const value = BigInt(`0x${toHex(signature)}`)
  if (value >= key.modulus) return false
  const info = concatBytes(DIGEST_INFO[digest], hashWith(digest, message))
  const padding = new Uint8Array(key.size - info.length - 3).fill(0xff)
  const expected = concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info)
  return power(value, key.exponent, key.modulus) === BigInt(`0x${toHex(expected)}`)
}
