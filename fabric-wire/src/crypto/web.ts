import { p256, p384 } from '@noble/curves/nist.js'
import { sha256 as nobleSha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { PublicKey } from './public-key.js'
import type { DigestAlgorithm, RunningDigest } from './running-digest.js'
import { Sm3 } from './sm3.js'

/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes)
}

/** SM3 (GB/T 32905). */
export function sm3(bytes: Uint8Array): Uint8Array {
  return new Sm3().update(bytes).digest()
}

/** A digest of bytes that come in pieces. */
export function runningDigest(algorithm: DigestAlgorithm): RunningDigest {
  return algorithm === 'sm3' ? new Sm3() : nobleSha256.create()
}

export type Digest = 'sha256' | 'sha384' | 'sha512'

const DIGESTS = { sha256: nobleSha256, sha384, sha512 }

/** A hash of the SHA-2 family. */
export function hashWith(digest: Digest, bytes: Uint8Array): Uint8Array {
  return DIGESTS[digest](bytes)
}

/** Verifies ECDSA over `digest` of `message`. The form of the signature is checked by the caller. */
export function verifyEcdsa(key: PublicKey, digest: Digest, message: Uint8Array, signature: Uint8Array): boolean {
  const hashed = hashWith(digest, message)
  const curve = key.curve === 'P-256' ? p256 : p384
  try {
    return curve.verify(signature, hashed, key.point, { prehash: false, format: 'der', lowS: false })
  } catch {
    return false // the point is not on its curve
  }
}

/** The same as a promise, so that callers are written once. */
export function verifyEcdsaAsync(
  key: PublicKey,
  digest: Digest,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return Promise.resolve(verifyEcdsa(key, digest, message, signature))
}
