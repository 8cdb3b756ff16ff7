import { toHex } from '@caizheng/fabric-wire'
import type { BatchSubject } from '../file/schema.js'
import { encodeLeaf, type Leaf } from '../leaf/leaf.js'
import { MerkleTree, multiproof, treeHashers } from '../merkle/index.js'

/** Leaves with both trees over them: what is submitted (size and roots), and what is cut out of it for evidence files. */
export interface Batch {
  readonly size: number
  readonly roots: { readonly sha256: string; readonly sm3: string }
  /**
   * The part of an evidence file that proves leaves of this batch.
   *
   * @param indices which leaves, strictly ascending; all unless given
   * @throws RangeError for other indices
   */
  subject(indices?: readonly number[]): BatchSubject
}

/**
 * Builds both trees over the leaves.
 *
 * @throws RangeError if there are none
 * @example
 * const batch = buildBatch(leaves)
 * // submit batch.size and batch.roots, fetch the receipt, then for each document:
 * const file = encodeEvidence({ receipt, subject: batch.subject([index]) })
 */
export function buildBatch(leaves: readonly Leaf[]): Batch {
  if (leaves.length === 0) throw new RangeError('A batch needs at least one leaf')
  const bytes = leaves.map(encodeLeaf)
  const treeOf = (algorithm: 'sha256' | 'sm3') =>
    new MerkleTree(
      treeHashers[algorithm],
      bytes.map((leaf) => treeHashers[algorithm].leaf(leaf)),
    )
  const trees = { sha256: treeOf('sha256'), sm3: treeOf('sm3') }
  return {
    size: leaves.length,
    roots: { sha256: toHex(trees.sha256.root), sm3: toHex(trees.sm3.root) },
    subject: (indices = [...leaves.keys()]) => ({
      type: 'batch',
      size: leaves.length,
      nodes: { sha256: multiproof(trees.sha256, indices).map(toHex), sm3: multiproof(trees.sm3, indices).map(toHex) },
      leaves: indices.map((index) => ({ index, leaf: leaves[index] as Leaf })),
    }),
  }
}
