import * as z from 'zod/mini'
import { hexDigest, laneName, mspId, ordinal, treeRoots } from '../schema/fields.js'
import { read } from '../schema/read.js'
import { readVersions } from '../schema/versions.js'

/** Where a lane stands, version 1: canonical JSON at the state key `laneKey(id)`, written again by each of its batches. */
export const LaneV1 = z.strictObject({
  kind: z.literal('lane'),
  version: z.literal(1),
  network: hexDigest,
  /** SHA-256 of `laneIdPreimage`, hex. */
  id: hexDigest,
  lane: laneName,
  /** Whose lane it is; the key may change, the lane stays. */
  submitter: z.strictObject({ msp: mspId, id: hexDigest }),
  /** Number of the last batch; 1 after the first. */
  sequence: ordinal,
  /** Id of the last batch. */
  batch: hexDigest,
  /** SHA-256 of the last batch's canonical record: the next one's `previous`. */
  digest: hexDigest,
})

/** Any version of a lane's head. */
export type Lane = z.infer<typeof LaneV1>

/** Reads a stored head of any version. @throws {RecordError} or {@link CanonicalError} */
export function parseLane(input: unknown): Lane {
  return readVersions('lane', { 1: (value) => read(LaneV1, value, 'a lane') }, input)
}

/** One batch of a lane, as it stays findable by its number. */
export const LaneEntry = z.strictObject({
  sequence: ordinal,
  /** Id of the batch. */
  batch: hexDigest,
  /** The hashes of the batch's record as a leaf of the log that joins the lanes: HASH(0x00 || record), by both algorithms. */
  leaf: treeRoots,
})
export type LaneEntry = z.infer<typeof LaneEntry>
