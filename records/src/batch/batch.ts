import * as z from 'zod/mini'
import { Submitter } from '../anchor/anchor.js'
import { parseCanonical } from '../canonical/index.js'
import { hexDigest, ordinal, timestamp } from '../schema/fields.js'
import { read, RecordError } from '../schema/read.js'
import { readVersions } from '../schema/versions.js'
import { batchRequestShape } from './request.js'

/** The record that anchors a tree of documents, version 1: canonical JSON at the state key `batchKey(id)`. */
export const BatchV1 = z.strictObject({
  kind: z.literal('batch'),
  version: z.literal(1),
  /** The channel's identity: SHA-256 of the genesis block's header (DER), hex. */
  network: hexDigest,
  /** SHA-256 of `batchIdPreimage`, hex. */
  id: hexDigest,
  ...batchRequestShape,
  submitter: Submitter,
  /** The transaction's timestamp. */
  time: timestamp,
  /** The transaction id. */
  tx: hexDigest,
  /** Number of the batch in its lane, from 1. */
  sequence: ordinal,
  /** SHA-256 of the canonical record before it in the lane; absent in the first. */
  previous: z.exactOptional(hexDigest),
})

/** Any version of a batch record. Later versions join this union; none ever leaves it. */
export type BatchRecord = z.infer<typeof BatchV1>

/**
 * Reads a stored batch record of any version, from its bytes, its text or a parsed value. Bytes and text must be canonical.
 *
 * @throws {RecordError} `RECORD_INVALID`; {@link CanonicalError} where bytes or text are not canonical JSON.
 */
export function parseBatch(input: unknown): BatchRecord {
  return readVersions('batch', { 1: readV1 }, input)
}

function readV1(value: unknown): BatchRecord {
  const record = read(BatchV1, value, 'a batch record')
  const follows = record.sequence > 1
  if (follows === (record.previous !== undefined)) return record
  throw new RecordError('a batch record', [
    { at: '/previous', problem: 'must stand exactly in all but the first of a lane' },
  ])
}

/** What `AnchorBatch` answers. */
export interface BatchResult {
  /** `false`: the same root of the same submitter was there already, and nothing was written. */
  readonly created: boolean
  readonly batch: BatchRecord
}

const Result = z.strictObject({ created: z.boolean(), batch: z.unknown() })

/** @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer. */
export function parseBatchResult(bytes: string | Uint8Array): BatchResult {
  const { created, batch } = read(Result, parseCanonical(bytes), 'a batch result')
  return { created, batch: parseBatch(batch) }
}
