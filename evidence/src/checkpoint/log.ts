import { fromHex, toHex } from '@caizheng/fabric-wire'
import type { LaneEntry } from '@caizheng/records'
import type { BatchRecord } from '../batch/record.js'
import { consistencyProof, MerkleTree, treeHashers, type TreeAlgorithm } from '../merkle/index.js'
import type { LogConsistency, LogMember } from './schema.js'

/** The log of all batches up to a checkpoint, from which proofs are made. */
export interface BatchLog {
  readonly size: number
  /** To be compared with those of a checkpoint: before that, nothing of the log is to be trusted. */
  readonly roots: { readonly sha256: string; readonly sm3: string }
  /** That the log's first `size` batches are what an earlier checkpoint of that size held. @throws RangeError */
  consistency(size: number): LogConsistency
  /** That a batch is number `index` of the log. @throws RangeError */
  member(index: number, record: BatchRecord): LogMember
}

/**
 * Builds the log from its listed leaves, in the order of the checkpoints.
 *
 * @throws RangeError if there are none
 * @example
 * const log = buildLog(entries)
 * if (log.roots.sha256 !== checkpoint.roots.sha256) throw new Error('listed wrongly')
 */
export function buildLog(entries: readonly Pick<LaneEntry, 'leaf'>[]): BatchLog {
  if (entries.length === 0) throw new RangeError('A log needs at least one batch')
  const treeOf = (algorithm: TreeAlgorithm) =>
    new MerkleTree(
      treeHashers[algorithm],
      entries.map(({ leaf }) => fromHex(leaf[algorithm])),
    )
  const trees = { sha256: treeOf('sha256'), sm3: treeOf('sm3') }
  const both = (make: (tree: MerkleTree) => Uint8Array[]) => ({
    sha256: make(trees.sha256).map(toHex),
    sm3: make(trees.sm3).map(toHex),
  })
  return {
    size: entries.length,
    roots: { sha256: toHex(trees.sha256.root), sm3: toHex(trees.sm3.root) },
    consistency: (size) => ({ size, nodes: both((tree) => consistencyProof(tree, size)) }),
    member: (index, record) => ({ index, record, path: both((tree) => tree.path(index)) }),
  }
}
