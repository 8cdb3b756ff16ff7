import { sha256, toHex } from '@caizheng/fabric-wire'
import {
  batchIdPreimage,
  laneIdPreimage,
  parseBatch,
  RecordError,
  type BatchPlace,
  type BatchRecord,
  type LanePlace,
} from '@caizheng/records'
import * as z from 'zod/mini'
import { EvidenceError } from '../fault.js'
import { expectKind } from '../format/canonical.js'

export const BATCH_KIND = 'batch'
export const BATCH_VERSION = 1

/** The record on the chain that anchors a batch of documents. */
export type { BatchRecord }

/** What a batch's id is made of. */
export type BatchIdentity = BatchPlace

/**
 * The id of a batch: SHA-256 in hexadecimal over canonical JSON of network, submitter and root. So each submitter has places
 * of its own and nobody can squat another's.
 */
export function batchId(place: BatchIdentity): string {
  return toHex(sha256(batchIdPreimage(place)))
}

/**
 * The id of a lane: SHA-256 in hexadecimal over canonical JSON of network, submitter and the lane's name.
 *
 * @param place a batch record of the lane will do
 */
export function laneId(place: LanePlace): string {
  return toHex(sha256(laneIdPreimage(place)))
}

/**
 * Checks that a value is a batch record, with a predecessor exactly if it is not the first of its lane.
 *
 * @throws EvidenceError WRONG_KIND, UNKNOWN_VERSION or SCHEMA
 */
export function checkBatchRecord(value: unknown): BatchRecord {
  expectKind(value, BATCH_KIND, BATCH_VERSION)
  try {
    return parseBatch(value)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    const { at, problem } = error.issues[0] ?? { at: '/', problem: error.message }
    throw new EvidenceError('SCHEMA', { path: at, why: problem }, { cause: error })
  }
}

/** A batch record for the published schemas; the rules are those of `checkBatchRecord`. */
export const batchSchema = z.custom<BatchRecord>((value) => {
  try {
    checkBatchRecord(value)
    return true
  } catch {
    return false
  }
}, 'not a batch record')
