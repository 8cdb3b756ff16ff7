import * as z from 'zod/mini'
import { LaneEntry, parseLane, type Lane } from '../batch/lane.js'
import { parseCanonical } from '../canonical/index.js'
import { read } from '../schema/read.js'
import { parseCheckpoint, type CheckpointRecord } from './checkpoint.js'

/** What `Checkpoint` answers. */
export interface CheckpointResult {
  /** `false`: the checkpoint of this number joined the same already, and nothing was written. */
  readonly created: boolean
  readonly checkpoint: CheckpointRecord
}

/** One lane in a listing. */
export interface ListedLane {
  readonly head: Lane
  /** Number of the lane's last batch that is in the log; 0 before the first. */
  readonly joined: number
}

/** What `ListLanes` answers. */
export interface LanePage {
  /** Ascending by lane id. */
  readonly lanes: readonly ListedLane[]
  /** Pass it to the next call; empty after the last page. */
  readonly bookmark: string
}

const Result = z.strictObject({ created: z.boolean(), checkpoint: z.unknown() })
const Lanes = z.strictObject({
  lanes: z.array(z.strictObject({ head: z.unknown(), joined: z.int().check(z.minimum(0)) })),
  bookmark: z.string(),
})
const Entries = z.strictObject({ entries: z.array(LaneEntry) })

/** @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer. */
export function parseCheckpointResult(bytes: string | Uint8Array): CheckpointResult {
  const { created, checkpoint } = read(Result, parseCanonical(bytes), 'a checkpoint result')
  return { created, checkpoint: parseCheckpoint(checkpoint) }
}

/** @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer. */
export function parseLanePage(bytes: string | Uint8Array): LanePage {
  const { lanes, bookmark } = read(Lanes, parseCanonical(bytes), 'a page of lanes')
  return { lanes: lanes.map(({ head, joined }) => ({ head: parseLane(head), joined })), bookmark }
}

/** What `ListBatches` answers: entries without gap, ascending. @throws {RecordError} or {@link CanonicalError} */
export function parseLaneEntries(bytes: string | Uint8Array): readonly LaneEntry[] {
  return read(Entries, parseCanonical(bytes), 'entries of a lane').entries
}
