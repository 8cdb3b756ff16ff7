import { createHash, X509Certificate } from 'node:crypto'
import type { Submitter } from '@caizheng/records'
import type { ClientIdentity } from '../fabric.js'
import { Refusal } from '../refusals/refusal.js'
import { certificateParts } from './certificate.js'

/**
 * Who submitted, by the certificate that the peer has verified against the organisation's MSP.
 *
 * @throws {Refusal} `CERTIFICATE_UNREADABLE`
 */
export function submitterOf(identity: Pick<ClientIdentity, 'getMSPID' | 'getIDBytes'>): Submitter {
  const { issuer, subject, publicKey } = partsOf(identity.getIDBytes())
  return { msp: identity.getMSPID(), id: sha256(issuer, subject), key: sha256(publicKey) }
}

/** SHA-256 over the parts, one after the other, in hex. */
export function sha256(...parts: Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

function partsOf(pem: Uint8Array) {
  try {
    return certificateParts(new X509Certificate(pem).raw)
  } catch {
    throw new Refusal('CERTIFICATE_UNREADABLE')
  }
}
