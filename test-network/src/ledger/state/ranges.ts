import { compareKeys, RangeSummary } from '@caizheng/fabric-wire'
import type { MerkleSummary, RangeQuery, StateEntry, Version } from '../types.js'
import type { CommittedState } from './committed.js'
import type { PendingUpdates } from './pending.js'
import { sameVersion } from './version.js'

interface Row {
  readonly key: string
  readonly version: Version
}

/**
 * Whether a range read would see the same rows with the same versions now: in the committed state with the block's
 * earlier valid transactions on top. A row more or less is a phantom.
 */
export async function rangeUnchanged(
  namespace: string,
  query: RangeQuery,
  committed: CommittedState,
  pending: PendingUpdates,
): Promise<boolean> {
  const rows = rowsOf(namespace, query, committed, pending)
  if (query.readsMerkleHashes !== undefined) return summaryUnchanged(query.readsMerkleHashes, rows)
  const reads = query.rawReads?.kvReads ?? []
  let seen = 0
  for await (const row of rows) {
    const read = reads[seen++]
    if (read === undefined || read.key !== row.key || !sameVersion(read.version, row.version)) return false
  }
  return seen === reads.length
}

/** Ends at the first hash that differs, long before the whole range is read. */
async function summaryUnchanged(expected: MerkleSummary, rows: AsyncIterable<Row>): Promise<boolean> {
  // A peer fails on such a summary altogether; no simulation makes one.
  if (expected.maxDegree < 2) return false
  const summary = new RangeSummary(expected.maxDegree)
  let matched = 0
  for await (const row of rows) {
    summary.add(row)
    const { maxLevel, maxLevelHashes } = summary.current()
    if (maxLevel < expected.maxLevel || matched === maxLevelHashes.length) continue
    if (maxLevelHashes.length > expected.maxLevelHashes.length) return false
    if (!sameBytes(maxLevelHashes[matched], expected.maxLevelHashes[matched])) return false
    matched++
  }
  const found = summary.finish().readsMerkleHashes
  return (
    found !== undefined &&
    found.maxLevel === expected.maxLevel &&
    found.maxLevelHashes.length === expected.maxLevelHashes.length &&
    found.maxLevelHashes.every((hash, i) => sameBytes(hash, expected.maxLevelHashes[i]))
  )
}

/**
 * The rows of a range as they are now. A simulation that stopped early recorded the last key it saw as `endKey`, so
 * that key belongs to the range unless the iterator was exhausted.
 */
async function* rowsOf(
  namespace: string,
  { startKey, endKey, itrExhausted }: RangeQuery,
  committed: CommittedState,
  pending: PendingUpdates,
): AsyncGenerator<Row> {
  yield* merged(
    committed.range(namespace, startKey, endKey),
    pending
      .publicRange(namespace, startKey, endKey)
      .map(([key, { value, version }]) => ({ key, version, gone: value === undefined })),
  )
  if (itrExhausted) return
  const target = { namespace, collection: undefined, key: endKey }
  const last = pending.get(target) ?? (await committed.get(target))
  if (last?.value !== undefined) yield { key: endKey, version: last.version }
}

/** Two sorted sequences as one; where both have a key, the pending one counts. */
async function* merged(
  stored: AsyncGenerator<StateEntry>,
  pending: readonly (Row & { readonly gone: boolean })[],
): AsyncGenerator<Row> {
  let next = 0
  for await (const row of stored) {
    let hidden = false
    for (let update = pending[next]; update !== undefined; update = pending[next]) {
      const order = compareKeys(update.key, row.key)
      if (order > 0) break
      next++
      if (!update.gone) yield update
      hidden = order === 0
    }
    if (!hidden) yield row
  }
  for (const update of pending.slice(next)) if (!update.gone) yield update
}

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0
