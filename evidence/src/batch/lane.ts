import { sha256, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import { checkBatchRecord, laneId, type BatchRecord } from './record.js'

/** What is wrong with a row of batches. `at`: the place in the row, from 0. Closed, so that a `switch` over it is checked. */
export interface LaneGap {
  readonly code: 'NOT_A_BATCH' | 'OTHER_LANE' | 'SEQUENCE' | 'PREVIOUS'
  readonly at: number
}

/**
 * Checks that records are the batches 1 … n of one lane without gap: numbered in a row, each naming the digest of the one
 * before. Whether the records are on the chain is for their receipts. Never throws.
 *
 * @returns the first gap; undefined where there is none
 * @example
 * const gap = findLaneGap(records)
 * if (gap !== undefined) console.error(`${gap.code} at batch ${gap.at + 1}`)
 */
export function findLaneGap(records: readonly unknown[]): LaneGap | undefined {
  let lane: string | undefined
  let previous: string | undefined
  for (const [at, value] of records.entries()) {
    const record = batchOf(value)
    if (record === undefined) return { code: 'NOT_A_BATCH', at }
    lane ??= laneId(record)
    if (laneId(record) !== lane) return { code: 'OTHER_LANE', at }
    if (record.sequence !== at + 1) return { code: 'SEQUENCE', at }
    if (record.previous !== previous) return { code: 'PREVIOUS', at }
    previous = toHex(sha256(canonicalBytes(record)))
  }
  return undefined
}

function batchOf(value: unknown): BatchRecord | undefined {
  try {
    return checkBatchRecord(value)
  } catch {
    return undefined
  }
}
