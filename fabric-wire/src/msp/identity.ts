import type { Certificate } from '../certificate/index.js'
import { verifyP256, verifyP256Async } from '../crypto/index.js'

/** What a certificate's organisational unit makes it; `member` where the MSP tells no roles apart. */
export type Role = 'client' | 'peer' | 'admin' | 'orderer' | 'member'

/** A certificate that an organisation answers for. */
export interface Identity {
  readonly mspid: string
  readonly certificate: Certificate
  readonly role: Role
  /** By its organisational unit, or because the MSP names this very certificate. */
  readonly isAdmin: boolean
  /** Identifies the CAs above it, for principals of organisational units. */
  readonly certifiers: Uint8Array
  /** The same for two identities if and only if they are the same certificate of the same MSP. */
  readonly key: string
}

/** Whether an identity signed `message`: ECDSA P-256 over SHA-256, strict DER, low-S. */
export function verifyIdentitySignature(
  { certificate }: Identity,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verifyP256(certificate.publicKey ?? certificate.spki, message, signature)
}

/** `verifyIdentitySignature` on the thread pool. */
export function verifyIdentitySignatureAsync(
  { certificate }: Identity,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return verifyP256Async(certificate.publicKey ?? certificate.spki, message, signature)
}
