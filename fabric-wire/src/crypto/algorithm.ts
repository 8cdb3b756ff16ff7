import { verifyEcdsa, type Digest } from '#crypto'
import { toHex } from './bytes.js'
import { readSignature } from './der-signature.js'
import { readPublicKey } from './public-key.js'
import { verifyRsa } from './rsa.js'

type Scheme = readonly ['ecdsa' | 'rsa', Digest | undefined]

/** Schemes by their AlgorithmIdentifier in DER, each in the forms that are written. */
const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['300a06082a8648ce3d040302', ['ecdsa', 'sha256']],
  ['300a06082a8648ce3d040303', ['ecdsa', 'sha384']],
  ['300a06082a8648ce3d040304', ['ecdsa', 'sha512']],
  ['300d06092a864886f70d01010b0500', ['rsa', 'sha256']],
  ['300d06092a864886f70d01010c0500', ['rsa', 'sha384']],
  ['300d06092a864886f70d01010d0500', ['rsa', 'sha512']],
  // rsaEncryption, as CMS writes it: the digest stands beside it.
  ['300d06092a864886f70d0101010500', ['rsa', undefined]],
])

const DIGESTS: ReadonlyMap<string, Digest> = new Map<string, Digest>([
  ['0609608648016503040201', 'sha256'],
  ['0609608648016503040202', 'sha384'],
  ['0609608648016503040203', 'sha512'],
])

/** The digest that an AlgorithmIdentifier's content names: its OID, with NULL after it or nothing. */
export function readDigestAlgorithm(content: Uint8Array): Digest | undefined {
  return DIGESTS.get(toHex(content).replace(/0500$/, ''))
}

/**
 * Verifies a signature by its AlgorithmIdentifier: ECDSA (P-256, P-384) or RSA (PKCS #1 v1.5) with SHA-256, 384 or 512.
 *
 * @param spki SubjectPublicKeyInfo in DER
 * @param algorithm AlgorithmIdentifier in DER
 * @param digest what CMS names beside the algorithm; it must agree
 */
export function verifyByAlgorithm(
  spki: Uint8Array,
  algorithm: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  digest?: Digest,
): boolean {
  const [kind, own] = SCHEMES.get(toHex(algorithm)) ?? []
  const used = own ?? digest
  if (kind === undefined || used === undefined || (digest !== undefined && digest !== used)) return false
  if (kind === 'rsa') return verifyRsa(spki, used, message, signature)
  const key = readPublicKey(spki)
  if (key === undefined || readSignature(signature, key.curve === 'P-256' ? 32 : 48) === undefined) return false
  return verifyEcdsa(key, used, message, signature)
}
