import { sha256, toHex } from '@caizheng/fabric-wire'
import { anchorIdPreimage, parseAnchor, parseCheckpoint, type Anchor, type CheckpointRecord } from '@caizheng/records'
import { batchId, BATCH_KIND, checkBatchRecord, type BatchRecord } from '../../batch/record.js'
import { EvidenceError, why } from '../../fault.js'
import { decodeCanonical } from '../../format/canonical.js'
import type { OpenReceipt } from '../open.js'

/** A record that anchors something: one document, or the tree over many. */
export type AnchoredRecord = Anchor | BatchRecord

/** The records that receipts are made of, by kind. */
export interface RecordOf {
  anchor: Anchor
  batch: BatchRecord
  checkpoint: CheckpointRecord
}
export type RecordKind = keyof RecordOf

/** What the answer must be. */
export interface RecordExpectation<K extends RecordKind = RecordKind> {
  readonly kind: K
  /** As it was asked for: a checkpoint's number, any other record's id. */
  readonly id: string
  /** Hash of the genesis block's header. */
  readonly network: string
}

const MAX_RECORD_BYTES = 65_536

/** A receipt may be dated up to this much before its record: the nodes allow either time five minutes from their clocks. */
export const CLOCK_TOLERANCE_MS = 10 * 60_000

/**
 * The response: the canonical record, of the expected kind, with the id asked for, of the pinned network; its id follows
 * from its content, and it is not later than the receipt that states it.
 *
 * @param receiptTime time of the receipt's header
 * @throws EvidenceError with a code that begins with RECORD_
 */
export function checkResponse<K extends RecordKind>(
  receipt: OpenReceipt,
  expected: RecordExpectation<K>,
  receiptTime: Date,
): RecordOf[K] {
  const record: RecordOf[RecordKind] = readRecord(receipt.response.payload, expected.kind)
  const id = record.kind === 'checkpoint' ? String(record.number) : record.id
  if (id !== expected.id) throw new EvidenceError('RECORD_ID', { actual: id, expected: expected.id })
  if (record.network !== expected.network) {
    throw new EvidenceError('RECORD_NETWORK', { actual: record.network, expected: expected.network })
  }
  if (record.kind !== 'checkpoint' && record.id !== derivedId(record)) throw new EvidenceError('RECORD_ID_DERIVED')
  if (Date.parse(record.time) > receiptTime.getTime() + CLOCK_TOLERANCE_MS) {
    throw new EvidenceError('RECORD_TIME', { record: record.time, receipt: receiptTime.toISOString() })
  }
  return record as RecordOf[K]
}

const readers: { readonly [K in RecordKind]: (value: unknown) => RecordOf[K] } = {
  anchor: parseAnchor,
  batch: checkBatchRecord,
  checkpoint: parseCheckpoint,
}

/**
 * The canonical record of one kind in an answer.
 *
 * @throws EvidenceError RECORD_FORM or RECORD_KIND
 */
export function readRecord<K extends RecordKind>(payload: Uint8Array, expected: K): RecordOf[K] {
  let value: unknown
  try {
    value = decodeCanonical(payload, MAX_RECORD_BYTES)
  } catch (error) {
    throw new EvidenceError('RECORD_FORM', { why: why(error) }, { cause: error })
  }
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  if (kind !== expected) {
    throw new EvidenceError('RECORD_KIND', { actual: typeof kind === 'string' ? kind : typeof kind, expected })
  }
  try {
    return readers[expected](value)
  } catch (error) {
    throw new EvidenceError('RECORD_FORM', { why: why(error) }, { cause: error })
  }
}

function derivedId(record: AnchoredRecord): string {
  if (record.kind === BATCH_KIND) return batchId(record)
  const { network, project, type, digests, submitter } = record
  return toHex(sha256(anchorIdPreimage({ network, project, type, digest: digests.sha256, submitter })))
}
