import { createHash, createPublicKey, getHashes, hash, verify, type KeyObject } from 'node:crypto'
import { bytesKey } from './bytes.js'
import { Cache } from './cache.js'
import type { PublicKey } from './public-key.js'
import type { DigestAlgorithm, RunningDigest } from './running-digest.js'
import { Sm3 } from './sm3.js'

const plain = (digest: Buffer): Uint8Array => new Uint8Array(digest.buffer, digest.byteOffset, digest.length)

// In one call: for the short inputs of trees and headers that is a third faster than a hash object.
/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return plain(hash('sha256', bytes, 'buffer'))
}

// OpenSSL may be built without SM3 (a FIPS provider has none).
const hasSm3 = getHashes().includes('sm3')

/** SM3 (GB/T 32905). */
export function sm3(bytes: Uint8Array): Uint8Array {
  return hasSm3 ? plain(hash('sm3', bytes, 'buffer')) : new Sm3().update(bytes).digest()
}

/** A digest of bytes that come in pieces. */
export function runningDigest(algorithm: DigestAlgorithm): RunningDigest {
  if (algorithm === 'sm3' && !hasSm3) return new Sm3()
  const state = createHash(algorithm)
  const running: RunningDigest = {
    update(bytes) {
      state.update(bytes)
      return running
    },
    digest: () => plain(state.digest()),
  }
  return running
}

/** Making a key object takes as long as several verifications, and the same few keys sign everything. */
const keys = new Cache<KeyObject | undefined>(1024)
/** What was looked up once, by the object that a kept certificate holds: looking up by bytes costs a copy of them. */
const ofObject = new WeakMap<PublicKey, KeyObject>()

function keyObject(key: PublicKey): KeyObject | undefined {
  const known = ofObject.get(key) ?? lookUp(key)
  if (known !== undefined) ofObject.set(key, known)
  return known
}

function lookUp(key: PublicKey): KeyObject | undefined {
  return keys.get(bytesKey(key.point), () => {
    try {
      return createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' })
    } catch {
      return undefined // the point is not on its curve
    }
  })
}

export type Digest = 'sha256' | 'sha384' | 'sha512'

/** A hash of the SHA-2 family. */
export function hashWith(digest: Digest, bytes: Uint8Array): Uint8Array {
  return plain(hash(digest, bytes, 'buffer'))
}

/** Verifies ECDSA over `digest` of `message`. The form of the signature is checked by the caller. */
export function verifyEcdsa(key: PublicKey, digest: Digest, message: Uint8Array, signature: Uint8Array): boolean {
  const object = keyObject(key)
  return object !== undefined && verify(digest, message, object, signature)
}

/** The same on Node's thread pool: more in parallel, and the event loop stays free. */
export function verifyEcdsaAsync(
  key: PublicKey,
  digest: Digest,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const object = keyObject(key)
  if (object === undefined) return Promise.resolve(false)
  return new Promise((resolve, reject) => {
    verify(digest, message, object, signature, (error, valid) => {
      if (error) reject(error)
      else resolve(valid)
    })
  })
}
