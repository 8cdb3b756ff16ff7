import { equalBytes, RangeSummary, TxValidationCode, type RangeQueryInfo, type Version } from '@caizheng/fabric-wire'
import { keyOfHash, tableOf, type Held, type ReplayedState, type Table } from '../state/state.js'
import type { OpenedNamespace } from './open.js'

/** The keys that valid transactions before it in the same block have written. */
export class BlockWrites {
  readonly #keys = new Map<Table, Set<string>>()

  add(table: Table, key: string): void {
    const keys = this.#keys.get(table)
    if (keys === undefined) this.#keys.set(table, new Set([key]))
    else keys.add(key)
  }

  has(table: Table, key: string): boolean {
    return this.#keys.get(table)?.has(key) === true
  }
}

/**
 * Whether what a transaction read is still so: the same versions, the same rows in the ranges.
 *
 * @param state with the writes of the block's earlier valid transactions
 * @returns `VALID`, `MVCC_READ_CONFLICT` or `PHANTOM_READ_CONFLICT`
 */
export function judgeReads(
  namespaces: readonly OpenedNamespace[],
  state: ReplayedState,
  before: BlockWrites,
): TxValidationCode {
  // A key that the block has written is changed whatever version is claimed for it.
  const unchanged = (table: Table, key: string, version: Version | undefined): boolean =>
    !before.has(table, key) && sameVersion(state.get(table, key)?.version, version)
  for (const { namespace, kv, collections } of namespaces) {
    const table = tableOf(namespace)
    if (!kv.reads.every(({ key, version }) => unchanged(table, key, version))) {
      return TxValidationCode.MVCC_READ_CONFLICT
    }
    if (!kv.rangeQueriesInfo.every((query) => rangeUnchanged(table, query, state))) {
      return TxValidationCode.PHANTOM_READ_CONFLICT
    }
    for (const { name, hashed } of collections) {
      const sealed = tableOf(namespace, name)
      if (!hashed.hashedReads.every(({ keyHash, version }) => unchanged(sealed, keyOfHash(keyHash), version))) {
        return TxValidationCode.MVCC_READ_CONFLICT
      }
    }
  }
  return TxValidationCode.VALID
}

function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.blockNum === b.blockNum && a.txNum === b.txNum
}

function rangeUnchanged(table: Table, query: RangeQueryInfo, state: ReplayedState): boolean {
  const rows = rowsOf(table, query, state)
  const { rawReads, readsMerkleHashes } = query
  if (readsMerkleHashes !== undefined) {
    const { maxDegree, maxLevel, maxLevelHashes } = readsMerkleHashes
    if (maxDegree < 2) return false
    const summary = new RangeSummary(maxDegree)
    for (const row of rows) summary.add(row)
    const found = summary.finish().readsMerkleHashes
    return (
      found?.maxLevel === maxLevel &&
      found.maxLevelHashes.length === maxLevelHashes.length &&
      found.maxLevelHashes.every((hash, i) => equalBytes(hash, maxLevelHashes[i] ?? new Uint8Array()))
    )
  }
  const reads = rawReads?.kvReads ?? []
  let seen = 0
  for (const { key, version } of rows) {
    const read = reads[seen++]
    if (read?.key !== key || !sameVersion(read.version, version)) return false
  }
  return seen === reads.length
}

/** A simulation that stopped early recorded the last key that it saw as the range's end. */
function* rowsOf(
  table: Table,
  { startKey, endKey, itrExhausted }: RangeQueryInfo,
  state: ReplayedState,
): Generator<{ key: string; version: Version }> {
  const row = (key: string, { version }: Held) => ({ key, version })
  for (const [key, held] of state.range(table, startKey, endKey)) yield row(key, held)
  const last = itrExhausted ? undefined : state.get(table, endKey)
  if (last !== undefined) yield row(endKey, last)
}
