import { EvidenceError } from '../fault.js'
import { FABRIC_RECEIPT, type EvidenceFile, type FabricReceipt } from '../file/schema.js'
import { askedId, recordKey } from './anchor.js'
import { readRecord, type AnchoredRecord } from './checks/response.js'
import { checkResult, type Place } from './checks/result.js'
import { openReceipt } from './open.js'
import { partsOf } from './parts.js'

/** What a receipt says of its record. */
export interface Claim {
  readonly channel: string
  readonly place: Place
  readonly record: AnchoredRecord
}

/**
 * What an evidence file's receipt says of its record, for finding it on the chain. Read strictly, and not verified: no signature is
 * looked at, and no trust file.
 *
 * @throws EvidenceError as a receipt that can't be read
 * @example
 * const { record } = claimOf(decodeEvidence(bytes))
 * const block = await client.evaluate({ chaincode: 'qscc', function: 'GetBlockByTxID', arguments: ['fiscal', record.tx] })
 */
export function claimOf({ receipt, subject }: EvidenceFile): Claim {
  if (receipt.type !== FABRIC_RECEIPT) throw new EvidenceError('RECEIPT_TYPE', { type: receipt.type })
  const open = openReceipt(partsOf(receipt as FabricReceipt))
  const record = readRecord(open.response.payload, subject.type)
  const key = recordKey(subject.type, askedId(open, subject.type) ?? '<id>')
  const [place] = checkResult(open, { keys: [key] })
  if (place === undefined) throw new EvidenceError('RESULT_ABSENT', { key })
  return { channel: open.channelHeader.channelId, place, record }
}
