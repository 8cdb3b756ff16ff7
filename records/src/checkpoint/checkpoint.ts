import * as z from 'zod/mini'
import { Submitter } from '../anchor/anchor.js'
import { hexDigest, ordinal, timestamp, treeRoots, treeSize } from '../schema/fields.js'
import { read, RecordError } from '../schema/read.js'
import { readVersions } from '../schema/versions.js'
import { checkpointLimits } from './request.js'

const joined = z.strictObject({
  /** The lane's id. */
  id: hexDigest,
  /** Numbers of the first and the last of the lane's batches that this checkpoint appended. */
  from: ordinal,
  through: ordinal,
})

/**
 * A checkpoint as stored on the chain, version 1: canonical JSON at the state key `checkpointKey(number)`. The log's leaves
 * are the batches' canonical records: those of the checkpoints before, then lane by lane those that this one names.
 */
export const CheckpointV1 = z.strictObject({
  kind: z.literal('checkpoint'),
  version: z.literal(1),
  /** The channel's identity: SHA-256 of the genesis block's header (DER), hex. */
  network: hexDigest,
  /** From 1, without gap. */
  number: ordinal,
  /** Batches in the log, this checkpoint's included. */
  size: treeSize,
  /** Roots of the log by both algorithms. */
  roots: treeRoots,
  /** What was appended, in this order. */
  lanes: z.array(joined).check(z.minLength(1), z.maxLength(checkpointLimits.lanes)),
  /** SHA-256 of the canonical record of the checkpoint before; absent in the first. */
  previous: z.exactOptional(hexDigest),
  submitter: Submitter,
  /** The transaction's timestamp. */
  time: timestamp,
  /** The transaction id. */
  tx: hexDigest,
})

/** Any version of a checkpoint. Later versions join this union; none ever leaves it. */
export type CheckpointRecord = z.infer<typeof CheckpointV1>

/**
 * Reads a stored checkpoint of any version, from its bytes, its text or a parsed value.
 *
 * @throws {RecordError} or {@link CanonicalError}
 */
export function parseCheckpoint(input: unknown): CheckpointRecord {
  return readVersions('checkpoint', { 1: readV1 }, input)
}

function readV1(value: unknown): CheckpointRecord {
  const record = read(CheckpointV1, value, 'a checkpoint')
  const follows = record.number > 1
  if (follows !== (record.previous !== undefined)) throw wrong('/previous', 'must stand exactly in all but the first')
  if (record.lanes.some(({ from, through }) => from > through)) throw wrong('/lanes', 'must go forward')
  const appended = appendedBy(record)
  const fits = follows ? record.size > appended : record.size === appended
  if (!fits) throw wrong('/size', 'does not fit the batches appended')
  return record
}

/** How many batches a checkpoint appended to the log. */
export function appendedBy({ lanes }: Pick<CheckpointRecord, 'lanes'>): number {
  return lanes.reduce((sum, { from, through }) => sum + through - from + 1, 0)
}

function wrong(at: string, problem: string): RecordError {
  return new RecordError('a checkpoint', [{ at, problem }])
}

/** The state key of a checkpoint. */
export function checkpointKey(number: number): string {
  return `checkpoint:${number}`
}
