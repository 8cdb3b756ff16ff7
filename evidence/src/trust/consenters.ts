import { parseCertificate, toHex, type BlockConsenter } from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../fault.js'
import { fromBase64 } from '../format/base64.js'
import type { TrustedConsenter } from './schema.js'

/**
 * The orderers of a trust file, in the form that a block's signatures are verified with.
 *
 * @throws EvidenceError TRUST_CERTIFICATE; TRUST_INCONSISTENT if two share a key, which would then sign for both
 */
export function readConsenters(consenters: readonly TrustedConsenter[]): BlockConsenter[] {
  const keys = new Set<string>()
  return consenters.map(({ id, mspId, certificate }) => {
    const identity = fromBase64(certificate)
    const key = keyOf(mspId, identity)
    if (keys.has(key)) throw new EvidenceError('TRUST_INCONSISTENT', { why: 'two orderers share a key' })
    keys.add(key)
    return { id, mspid: mspId, identity }
  })
}

function keyOf(mspId: string, identity: Uint8Array): string {
  try {
    const { publicKey, isCa } = parseCertificate(identity)
    if (publicKey?.curve === 'P-256' && !isCa) return toHex(publicKey.spki)
  } catch (error) {
    throw new EvidenceError('TRUST_CERTIFICATE', { mspId, why: why(error) }, { cause: error })
  }
  throw new EvidenceError('TRUST_CERTIFICATE', { mspId, why: 'no orderer’s certificate with a P-256 key' })
}
