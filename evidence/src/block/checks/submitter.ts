import { concatBytes, parseCertificate, sha256, toHex, verifyP256 } from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../../fault.js'
import type { AnchoredRecord } from '../../receipt/checks/response.js'
import type { Trust } from '../../trust/trust.js'
import type { OpenTransaction } from './transaction.js'

/**
 * The submitter: the transaction is signed with the very key that the record names, by the identity that it names. Where the
 * trust file has the organisation's CA the certificate is held against it; else the nodes' word in the receipt stands for it.
 *
 * @returns the organisation's MSP id
 * @throws EvidenceError BLOCK_SUBMITTER
 */
export function checkSubmitter(
  { envelope, endorsed, time }: OpenTransaction,
  { msp, id, key }: AnchoredRecord['submitter'],
  trust: Trust,
): string {
  const { mspid, idBytes } = endorsed.creator
  const insist = (condition: boolean, reason: string) => {
    if (!condition) throw new EvidenceError('BLOCK_SUBMITTER', { why: reason })
  }
  insist(mspid === msp, `${mspid}, not ${msp}`)
  try {
    const { spki, issuerBytes, subjectBytes } = parseCertificate(idBytes)
    insist(toHex(sha256(concatBytes(issuerBytes, subjectBytes))) === id, 'another identity')
    insist(toHex(sha256(spki)) === key, 'another key')
    trust.organizations.get(mspid)?.msp.validate(idBytes, time)
    insist(verifyP256(spki, envelope.payload, envelope.signature), 'the signature does not verify')
  } catch (error) {
    if (error instanceof EvidenceError) throw error
    throw new EvidenceError('BLOCK_SUBMITTER', { why: why(error) }, { cause: error })
  }
  return mspid
}
