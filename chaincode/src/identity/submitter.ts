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

/** Certificates read before: a gateway submits thousands of times with one. What is kept is a pure function of the key. */
const known = new Map<string, ReturnType<typeof certificateParts>>()
const MOST_KNOWN = 256

function partsOf(pem: Uint8Array): ReturnType<typeof certificateParts> {
  const key = Buffer.from(pem).toString('latin1')
  let parts = known.get(key)
  if (!parts) {
    try {
      parts = certificateParts(new X509Certificate(pem).raw)
    } catch {
      throw new Refusal('CERTIFICATE_UNREADABLE')
    }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, parts)
  }
  return parts
}
