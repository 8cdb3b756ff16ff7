import {
  checkpointLimits,
  type CheckpointRecord,
  type CheckpointRequest,
  type LaneEntry,
  type Log,
  type Submitter,
} from '@caizheng/records'
import { append, rootOf } from '../../log/frontier.js'
import type { Breach } from '../breach.js'

const SOURCE = 'docs/decisions/0016: checkpoints'

/** A lane as a checkpoint finds it: `joined` is the number of its last batch in the log, 0 where it has none there. */
export interface LaneToJoin {
  readonly id: string
  readonly joined: number
  readonly through: number
}

/** Whether the checkpoint that has this number already is the one that is asked for. */
export function isSameCheckpoint({ lanes }: CheckpointRecord, request: CheckpointRequest): boolean {
  return (
    lanes.length === request.lanes.length &&
    lanes.every(({ id, through }, i) => id === request.lanes[i]?.id && through === request.lanes[i].through)
  )
}

/** A checkpoint has the next number, goes forward in each lane it names, and is of bounded size. Every breach is named. */
export function judgeCheckpoint(
  request: CheckpointRequest,
  log: Log | undefined,
  lanes: readonly LaneToJoin[],
): Breach[] {
  const expected = (log?.number ?? 0) + 1
  const breaches: Breach[] = []
  if (request.number !== expected) {
    breaches.push(broken('CHECKPOINT_CONFLICT', { expected }, `number ${expected}`, `number ${request.number}`))
  }
  for (const { id, joined, through } of lanes) {
    if (through > joined) continue
    breaches.push(
      broken('LANE_ALREADY_JOINED', { lane: id, joined }, `more than ${joined} of lane ${id}`, `up to ${through}`),
    )
  }
  const batches = lanes.reduce((sum, { joined, through }) => sum + Math.max(0, through - joined), 0)
  if (batches > checkpointLimits.batches) {
    const details = { limit: checkpointLimits.batches, actual: batches }
    breaches.push(broken('CHECKPOINT_TOO_LARGE', details, `at most ${details.limit} batches`, `${batches} batches`))
  }
  return breaches
}

/** A lane must have every batch that a checkpoint joins. */
export function judgeEntry(entry: unknown, lane: string, sequence: number): Breach[] {
  if (entry !== undefined) return []
  return [broken('LANE_ENTRY_NOT_FOUND', { lane, sequence }, `batch ${sequence} of lane ${lane}`, 'none')]
}

/** The log with leaves appended, without the number and digest of the checkpoint that does it. */
export function appendLeaves(
  log: Pick<Log, 'size' | 'frontier'> | undefined,
  leaves: readonly LaneEntry['leaf'][],
): Pick<Log, 'size' | 'frontier'> {
  const grown = (algorithm: 'sha256' | 'sm3') =>
    leaves.reduce<readonly string[]>(
      (frontier, leaf, i) => append(algorithm, frontier, (log?.size ?? 0) + i, leaf[algorithm]),
      log?.frontier[algorithm] ?? [],
    )
  return {
    size: (log?.size ?? 0) + leaves.length,
    frontier: { sha256: [...grown('sha256')], sm3: [...grown('sm3')] },
  }
}

/** What a transaction gives to a checkpoint besides the request. */
export interface CheckpointContext {
  readonly network: string
  readonly submitter: Submitter
  readonly time: string
  readonly tx: string
}

/** The record of a new checkpoint, over the log as it stands after it. */
export function checkpointOf(
  { network, submitter, time, tx }: CheckpointContext,
  before: Log | undefined,
  { size, frontier }: Pick<Log, 'size' | 'frontier'>,
  lanes: readonly LaneToJoin[],
): CheckpointRecord {
  return {
    kind: 'checkpoint',
    version: 1,
    network,
    number: (before?.number ?? 0) + 1,
    size,
    roots: { sha256: rootOf('sha256', frontier.sha256), sm3: rootOf('sm3', frontier.sm3) },
    lanes: lanes.map(({ id, joined, through }) => ({ id, from: joined + 1, through })),
    ...(before === undefined ? {} : { previous: before.digest }),
    submitter,
    time,
    tx,
  }
}

function broken(code: Breach['code'], details: Breach['details'], expected: string, actual: string): Breach {
  return { code, details, verdict: { rule: 'R23', outcome: 'REJECT', expected, actual, source: SOURCE } }
}
