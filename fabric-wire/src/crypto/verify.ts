import { verifyEcdsa, verifyEcdsaAsync } from '#crypto'
import { isLowS } from './der-signature.js'
import { readPublicKey, type PublicKey } from './public-key.js'

function p256Key(key: Uint8Array | PublicKey): PublicKey | undefined {
  const read = key instanceof Uint8Array ? readPublicKey(key) : key
  return read?.curve === 'P-256' ? read : undefined
}

/**
 * Verifies a signature as Fabric makes them: ECDSA P-256 over the SHA-256 of `message`, strict DER, low-S.
 *
 * @param key a SubjectPublicKeyInfo in DER, an uncompressed point, or `certificate.publicKey`
 * @param message what was signed; it is hashed here
 * @returns false for a wrong signature, another form of it, or a key that is none
 */
export function verifyP256(key: Uint8Array | PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const known = p256Key(key)
  return known !== undefined && isLowS(signature) && verifyEcdsa(known, 'sha256', message, signature)
}

/** `verifyP256` off the main thread where the platform can: for a peer that checks a whole block. */
export async function verifyP256Async(
  key: Uint8Array | PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const known = p256Key(key)
  return known !== undefined && isLowS(signature) && (await verifyEcdsaAsync(known, 'sha256', message, signature))
}
