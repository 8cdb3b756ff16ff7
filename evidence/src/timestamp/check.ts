import { canonicalBytes } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import { FABRIC_RECEIPT, type EvidenceFile, type FabricReceipt } from '../file/schema.js'
import { fromBase64 } from '../format/base64.js'
import { conform } from '../format/canonical.js'
import type { Text } from '../format/text.js'
import { headerTime } from '../receipt/checks/header.js'
import { CLOCK_TOLERANCE_MS } from '../receipt/checks/response.js'
import { openReceipt } from '../receipt/open.js'
import { partsOf } from '../receipt/parts.js'
import type { Trust } from '../trust/trust.js'
import { timeStampSchema, type Stamped } from './schema.js'
import { verifyToken } from './token.js'

/** A time-stamp that holds. */
export interface TimeStamp {
  readonly name: Text
  /** It existed no later than this: the stated time, and the authority's own accuracy after it. */
  readonly time: Date
  readonly over: Stamped
}

/**
 * The bytes that a time-stamp is over; an authority gets only their SHA-256.
 *
 * @throws EvidenceError as a receipt that can't be read
 */
export function stampedBytes({ receipt }: EvidenceFile, over: Stamped): Uint8Array {
  if (receipt.type !== FABRIC_RECEIPT) throw new EvidenceError('RECEIPT_TYPE', { type: receipt.type })
  if (over === 'receipt') return canonicalBytes(receipt)
  return openReceipt(partsOf(receipt as FabricReceipt)).response.payload
}

/**
 * The time-stamps of a file, each by an authority that the trust file pins.
 *
 * @param now a stamp from later than this can't be judged
 * @throws EvidenceError with a code that begins with TIMESTAMP_, SCHEMA, or as a receipt that can't be read
 */
export function checkTimeStamps(
  entries: EvidenceFile['cosignatures'],
  file: EvidenceFile,
  trust: Trust,
  now: Date,
): TimeStamp[] {
  if (trust.timestamping.length === 0) throw new EvidenceError('TIMESTAMP_AUTHORITY')
  const seen = new Set<string>()
  const stated = headerTime(openReceipt(partsOf(file.receipt as FabricReceipt)))
  return entries.map((entry) => {
    const { over, token } = conform(timeStampSchema, entry)
    if (seen.has(token)) throw new EvidenceError('TIMESTAMP_TWICE')
    seen.add(token)
    const { authority, info } = verifyToken(fromBase64(token), stampedBytes(file, over), trust)
    const time = new Date(info.time.getTime() + info.accuracy)
    if (time.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
      throw new EvidenceError('TIMESTAMP_FUTURE', { time: time.toISOString() })
    }
    // Signatures can't be stamped before they were made: one of the two clocks lies.
    if (over === 'receipt' && stated !== undefined && time.getTime() < stated.getTime() - CLOCK_TOLERANCE_MS) {
      throw new EvidenceError('TIMESTAMP_EARLY', { time: time.toISOString(), receipt: stated.toISOString() })
    }
    return { name: authority.name, time, over }
  })
}

/** When the receipt, with its signatures, existed at the latest; undefined if no time-stamp says so. */
export function receiptExistedAt(stamps: readonly TimeStamp[]): Date | undefined {
  const times = stamps.flatMap(({ over, time }) => (over === 'receipt' ? [time.getTime()] : []))
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}
