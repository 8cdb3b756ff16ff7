import { HeaderType, transactionId } from '@caizheng/fabric-wire'
import { EvidenceError } from '../../fault.js'
import type { ReceiptExpectation } from '../expectation.js'
import type { OpenReceipt } from '../open.js'

/** Last moment that RFC 3339 can write. */
const LATEST_SECONDS = 253_402_300_799

/** The time that a receipt's header says, if it is one. Every node compared it with its own clock when it signed. */
export function headerTime({ channelHeader }: OpenReceipt): Date | undefined {
  const { seconds, nanos } = channelHeader.timestamp ?? { seconds: 0, nanos: 0 }
  if (seconds <= 0 || seconds > LATEST_SECONDS || nanos < 0 || nanos >= 1e9) return undefined
  // Rounded up: "no later than" must not become earlier than what was signed.
  return new Date(seconds * 1000 + Math.ceil(nanos / 1e6))
}

/**
 * The header: an endorser transaction of the expected channel, whose id binds nonce and creator. Gives its time.
 *
 * @throws EvidenceError HEADER_TYPE, OTHER_CHANNEL, TRANSACTION_ID or HEADER_TIME
 */
export function checkHeader(receipt: OpenReceipt, { channel }: Pick<ReceiptExpectation, 'channel'>): Date {
  const { channelHeader, signatureHeader } = receipt
  const numbers = { type: HeaderType.ENDORSER_TRANSACTION, version: 0, epoch: 0 }
  for (const field of ['type', 'version', 'epoch'] as const) {
    if (channelHeader[field] !== numbers[field]) {
      throw new EvidenceError('HEADER_TYPE', { field, actual: channelHeader[field], expected: numbers[field] })
    }
  }
  if (channelHeader.channelId !== channel) {
    throw new EvidenceError('OTHER_CHANNEL', { actual: channelHeader.channelId, expected: channel })
  }
  if (channelHeader.txId !== transactionId(signatureHeader.nonce, signatureHeader.creator)) {
    throw new EvidenceError('TRANSACTION_ID')
  }
  const time = headerTime(receipt)
  if (time === undefined) throw new EvidenceError('HEADER_TIME')
  return time
}
