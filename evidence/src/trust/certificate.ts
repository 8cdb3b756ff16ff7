import { parseCertificate, toLowS, verifyP256, type Certificate } from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../fault.js'
import { fromBase64 } from '../format/base64.js'

/**
 * Reads a CA certificate of a trust file.
 *
 * @throws EvidenceError TRUST_CERTIFICATE
 */
export function readAuthority(mspId: string, der: string): Certificate {
  let certificate: Certificate
  try {
    certificate = parseCertificate(fromBase64(der))
  } catch (error) {
    throw new EvidenceError('TRUST_CERTIFICATE', { mspId, why: why(error) }, { cause: error })
  }
  if (!certificate.isCa) throw new EvidenceError('TRUST_CERTIFICATE', { mspId, why: 'no CA' })
  return certificate
}

/**
 * Checks that a root signed itself, so that no byte of it can be changed. (A P-384 root is taken as it stands: the file's
 * fingerprint covers it.)
 *
 * @throws EvidenceError TRUST_CERTIFICATE
 */
export function checkSelfSigned(mspId: string, root: Certificate): void {
  const { publicKey, signed } = root
  if (publicKey?.curve === 'P-384') return
  const { digest, tbs, signature } = signed
  if (publicKey === undefined || digest !== 'sha256' || !verifiesInLowS(publicKey.spki, tbs, signature)) {
    throw new EvidenceError('TRUST_CERTIFICATE', { mspId, why: 'not signed by itself' })
  }
}

function verifiesInLowS(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verifyP256(key, message, toLowS(signature))
  } catch {
    return false // no signature in DER
  }
}
