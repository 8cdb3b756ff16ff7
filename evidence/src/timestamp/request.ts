import { concatBytes, fromHex, sha256, toHex, type Der } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import { element, childrenOf } from './shape.js'
import { readInfo } from './info.js'
import { readToken } from './cms.js'

/** A query to a time-stamping authority, and what its answer must repeat. */
export interface TimeStampQuery {
  /** TimeStampReq (RFC 3161) in DER, to be sent as `application/timestamp-query`. */
  readonly bytes: Uint8Array
  readonly nonce: string
}

/** DER of SEQUENCE { version 1, imprint { SHA-256, digest }, nonce, certReq TRUE }, the parts whose length never changes. */
const BEFORE_DIGEST = fromHex('3043020101' + '3031300d060960864801650304020105000420')

/**
 * Asks for a time-stamp over a message, of which only the SHA-256 leaves this machine.
 *
 * @param message what `stampedBytes` gives
 */
export function timeStampQuery(message: Uint8Array): TimeStampQuery {
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(8))
  // Positive and eight bytes long, in the one way that DER has for it.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40
  const bytes = concatBytes(BEFORE_DIGEST, sha256(message), fromHex('0208'), nonce, fromHex('0101ff'))
  return { bytes, nonce: toHex(nonce) }
}

/**
 * Takes the token out of an authority's answer (TimeStampResp). Whether it holds is for `verify`.
 *
 * @throws EvidenceError TIMESTAMP_REFUSED if the authority did not grant it, TIMESTAMP_FORM, or TIMESTAMP_IMPRINT if it answers
 *   another query
 */
export function readTimeStampAnswer(answer: Uint8Array, { bytes, nonce }: TimeStampQuery): Uint8Array {
  const [status, token, ...more] = childrenOf(element(answer, 0x30, 'the answer'), 'the answer') as [
    Der,
    Der?,
    ...Der[],
  ]
  const [code] = childrenOf(status, 'the answer’s status')
  const granted = code?.tag === 0x02 && ['00', '01'].includes(toHex(code.content))
  if (!granted || token === undefined || more.length > 0) {
    throw new EvidenceError('TIMESTAMP_REFUSED', { status: code === undefined ? '?' : toHex(code.content) })
  }
  const info = readInfo(readToken(token.whole).info)
  const asked = bytes.subarray(BEFORE_DIGEST.length, BEFORE_DIGEST.length + 32)
  if (info.nonce !== nonce || toHex(info.imprint) !== toHex(asked)) throw new EvidenceError('TIMESTAMP_IMPRINT')
  return token.whole
}
