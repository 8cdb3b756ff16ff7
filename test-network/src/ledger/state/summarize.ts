import { RangeSummary } from '@caizheng/fabric-wire'
import type { KeyRead, RangeQuery } from '../types.js'

/** The degree with which a Fabric peer condenses the range reads of a simulation. */
const MAX_DEGREE = 50

/** What a simulation records of a range read: up to fifty rows as they are, more as a summary. */
export function summarizeReads(rows: Iterable<KeyRead>): Pick<RangeQuery, 'rawReads' | 'readsMerkleHashes'> {
  const summary = new RangeSummary(MAX_DEGREE)
  for (const row of rows) summary.add(row)
  const { rawReads, readsMerkleHashes } = summary.finish()
  return readsMerkleHashes ? { readsMerkleHashes } : { rawReads: { kvReads: rawReads } }
}
