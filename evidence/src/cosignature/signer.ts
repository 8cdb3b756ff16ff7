import { signSm2, sm2PublicKey } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import { decodeEvidence, encodeEvidence } from '../file/file.js'
import { FABRIC_RECEIPT, type FabricReceipt } from '../file/schema.js'
import { toBase64 } from '../format/base64.js'
import type { Trust } from '../trust/trust.js'
import { openVerification, type VerifyOptions } from '../verify/verification.js'
import { SM2_COSIGNATURE, type Sm2Cosignature } from './schema.js'
import { cosignatureBytes } from './statement.js'

/**
 * What signs with SM2: a card, a signing server, or software. It takes the message, not its digest, and signs
 * SM3(Z || message) with the user id `1234567812345678` (GB/T 32918.2).
 */
export interface SmSigner {
  /** Its public key, SubjectPublicKeyInfo in DER. */
  readonly key: Uint8Array
  /** Whether it is a product certified for commercial cryptography. The trust file says so to verifiers, not this. */
  readonly certified: boolean
  /** The signature, in DER. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/**
 * Signs in JavaScript: **not a certified product**, for trials and tests. The key lies in memory.
 *
 * @param privateKey 32 bytes; `newSm2Key` of fabric-wire makes one
 * @throws RangeError for another private key
 */
export function softwareSmSigner(privateKey: Uint8Array): SmSigner {
  const secret = Uint8Array.from(privateKey)
  return { key: sm2PublicKey(secret), certified: false, sign: (message) => signSm2(secret, message) }
}

/**
 * The same evidence file with a co-signature; one by the same key is replaced. What doesn't verify is not signed.
 *
 * @throws EvidenceError COSIGNATURE_UNPROVEN if the receipt is not valid under this trust file, or as `decodeEvidence`
 * @example
 * const cosigned = await coSign(evidence, trust, signer)
 */
export async function coSign(
  evidence: Uint8Array,
  trust: Uint8Array | Trust,
  signer: SmSigner,
  options: VerifyOptions = {},
): Promise<Uint8Array> {
  const file = decodeEvidence(evidence)
  const { proven, why } = openVerification(evidence, trust, options)
  if (proven === undefined || file.receipt.type !== FABRIC_RECEIPT) {
    throw new EvidenceError('COSIGNATURE_UNPROVEN', { why: why?.en ?? file.receipt.type })
  }
  const key = toBase64(signer.key)
  const signature = toBase64(await signer.sign(cosignatureBytes(proven)))
  const cosignature: Sm2Cosignature = { type: SM2_COSIGNATURE, key, signature }
  const others = file.cosignatures.filter((one) => one.type !== SM2_COSIGNATURE || one['key'] !== key)
  return encodeEvidence({
    receipt: file.receipt as FabricReceipt,
    subject: file.subject,
    cosignatures: [...others, cosignature],
  })
}
