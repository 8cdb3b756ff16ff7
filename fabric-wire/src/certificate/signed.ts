import { verifyEcdsa, type Digest } from '#crypto'
import { concatBytes, equalBytes, fromHex } from '../crypto/bytes.js'
import { isLowS, readSignature, toLowS } from '../crypto/der-signature.js'
import type { PublicKey } from '../crypto/public-key.js'
import { readElements } from '../der/element.js'

/** What a CA signed, the form that certificates and revocation lists share. */
export interface Signed {
  /** The signed part. */
  readonly tbs: Uint8Array
  /** Undefined for an algorithm other than ECDSA with SHA-256 or SHA-384. */
  readonly digest: Digest | undefined
  /** AlgorithmIdentifier in DER. */
  readonly algorithm: Uint8Array
  readonly signature: Uint8Array
  /** The elements of the signed part. */
  readonly parts: readonly Uint8Array[]
}

const ECDSA_SHA256 = fromHex('300a06082a8648ce3d040302')
const ECDSA_SHA384 = fromHex('300a06082a8648ce3d040303')

function digestOf(algorithm: Uint8Array): Digest | undefined {
  if (equalBytes(algorithm, ECDSA_SHA256)) return 'sha256'
  return equalBytes(algorithm, ECDSA_SHA384) ? 'sha384' : undefined
}

/**
 * Takes apart SEQUENCE { signed part, algorithm, BIT STRING signature } in strict DER. The outer layer is what no signature
 * covers: with one form only, nobody can give a certificate a second face.
 */
export function readSigned(der: Uint8Array): Signed | undefined {
  const [outer, ...rest] = readElements(der, 0, der.length) ?? []
  if (outer?.tag !== 0x30 || rest.length > 0) return undefined
  const [tbs, algorithm, signature, ...more] = readElements(der, outer.start, outer.end) ?? []
  if (tbs?.tag !== 0x30 || algorithm?.tag !== 0x30 || signature?.tag !== 0x03 || more.length > 0) return undefined
  if (der[signature.start] !== 0) return undefined // unused bits
  const parts = readElements(der, tbs.start, tbs.end)?.map((part) => der.subarray(part.at, part.end))
  return (
    parts && {
      tbs: der.subarray(tbs.at, tbs.end),
      digest: digestOf(der.subarray(algorithm.at, algorithm.end)),
      algorithm: der.subarray(algorithm.at, algorithm.end),
      signature: der.subarray(signature.start + 1, signature.end),
      parts,
    }
  )
}

/** Whether `key` signed it. CAs needn't sign low-S; Fabric itself normalises what they sign. */
export function isSignedBy({ digest, tbs, signature }: Signed, key: PublicKey): boolean {
  if (digest === undefined) return false
  const size = key.curve === 'P-256' ? 32 : 48
  return readSignature(signature, size) !== undefined && verifyEcdsa(key, digest, tbs, signature)
}

/** The bytes with the signature in low-S: what Fabric hashes to identify a certificate and its certifiers. */
export function withLowS(der: Uint8Array, { tbs, digest, signature }: Signed): Uint8Array {
  if (digest !== 'sha256' || isLowS(signature) || readSignature(signature) === undefined) return der
  const low = toLowS(signature)
  const body = concatBytes(tbs, ECDSA_SHA256, Uint8Array.of(0x03, low.length + 1, 0), low)
  const length = body.length
  // A certificate takes between 256 and 65,535 bytes: its length stands in two.
  return length < 0x100 || length > 0xffff
    ? der
    : concatBytes(Uint8Array.of(0x30, 0x82, length >> 8, length & 0xff), body)
}
