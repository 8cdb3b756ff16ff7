import { canonicalize } from '@caizheng/records'
import { toHex } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import type { BatchSubject } from '../file/schema.js'
import { MAX_LEAF_BYTES, type Leaf } from '../leaf/leaf.js'
import {
  HASH_SIZE,
  LEAF_PREFIX,
  MerkleTree,
  multiproof,
  treeHashers,
  type TreeAlgorithm,
  type TreeHasher,
} from '../merkle/index.js'

/** Leaves with both trees over them: what is submitted (size and roots), and what is cut out of it for evidence files. */
export interface Batch {
  readonly size: number
  readonly roots: { readonly sha256: string; readonly sm3: string }
  /** The trees; every path is read out of them, so that leaves share their inner nodes. */
  readonly trees: Readonly<Record<TreeAlgorithm, MerkleTree>>
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
 * @param leaves as values, or as the texts that `LeafWriter` writes and a journal keeps; a text's form isn't checked again
 * @throws RangeError if there are none; EvidenceError TOO_LARGE if a text is longer than any leaf
 * @example
 * const batch = buildBatch(leaves)
 * // submit batch.size and batch.roots, fetch the receipt, then for each document:
 * const file = encodeEvidence({ receipt, subject: batch.subject([index]) })
 */
export function buildBatch(leaves: readonly (Leaf | string)[]): Batch {
  if (leaves.length === 0) throw new RangeError('A batch needs at least one leaf')
  const trees = treesOver(leaves)
  const leafAt = (index: number): Leaf => {
    const leaf = leaves[index] as Leaf | string
    return typeof leaf === 'string' ? (JSON.parse(leaf) as Leaf) : leaf
  }
  return {
    size: leaves.length,
    roots: { sha256: toHex(trees.sha256.root), sm3: toHex(trees.sm3.root) },
    trees,
    subject: (indices = [...leaves.keys()]) => ({
      type: 'batch',
      size: leaves.length,
      nodes: { sha256: multiproof(trees.sha256, indices).map(toHex), sm3: multiproof(trees.sm3, indices).map(toHex) },
      leaves: indices.map((index) => ({ index, leaf: leafAt(index) })),
    }),
  }
}

/** Each leaf becomes bytes once, in one place that serves all of them, and is hashed from there for both trees. */
function treesOver(leaves: readonly (Leaf | string)[]): Record<TreeAlgorithm, MerkleTree> {
  const encoder = new TextEncoder()
  const prefixed = new Uint8Array(1 + MAX_LEAF_BYTES)
  prefixed[0] = LEAF_PREFIX
  const room = prefixed.subarray(1)
  const { sha256, sm3 } = treeHashers
  const hashes = { sha256: new Uint8Array(leaves.length * HASH_SIZE), sm3: new Uint8Array(leaves.length * HASH_SIZE) }
  leaves.forEach((leaf, index) => {
    const text = typeof leaf === 'string' ? leaf : canonicalize(leaf)
    const { read, written } = encoder.encodeInto(text, room)
    if (read < text.length) throw new EvidenceError('TOO_LARGE', { limit: MAX_LEAF_BYTES })
    const bytes = prefixed.subarray(0, 1 + written)
    hashes.sha256.set(sha256.hash(bytes), index * HASH_SIZE)
    hashes.sm3.set(sm3.hash(bytes), index * HASH_SIZE)
  })
  const tree = (hasher: TreeHasher) => new MerkleTree(hasher, hashes[hasher.algorithm])
  return { sha256: tree(sha256), sm3: tree(sm3) }
}
