import { HASH_SIZE, type TreeHasher } from './hasher.js'
import { isLeafIndex } from './shape.js'
import type { MerkleTree } from './tree.js'

/**
 * Several leaves of one tree are proven together by the hashes that none of them implies, level by level from the
 * leaves, left to right. For one leaf this is exactly its RFC 9162 path; for all leaves it is nothing. So a file with
 * many documents repeats no inner node, and checking it costs about two hashes a document.
 */

/** True if the indices are leaves of the tree, strictly ascending and at least one. */
function areLeafIndices(indices: readonly number[], size: number): boolean {
  return (
    indices.length > 0 &&
    indices.every((index, i) => isLeafIndex(index, size) && (i === 0 || index > (indices[i - 1] as number)))
  )
}

/**
 * The hashes that prove the leaves at these indices (strictly ascending).
 *
 * @throws RangeError if the indices are no ascending leaves of the tree
 */
export function multiproof(tree: MerkleTree, indices: readonly number[]): Uint8Array[] {
  if (!areLeafIndices(indices, tree.size)) throw new RangeError('Leaf indices must ascend within the tree')
  const proof: Uint8Array[] = []
  let positions = [...indices]
  for (let level = 0; level < tree.height - 1; level++) {
    const parents: number[] = []
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i] as number
      parents.push(position >>> 1)
      if ((position & 1) === 0 && positions[i + 1] === position + 1) i++
      else {
        const neighbour = tree.node(level, position ^ 1)
        if (neighbour !== undefined) proof.push(neighbour)
      }
    }
    positions = parents
  }
  return proof
}

/**
 * The root that these leaves and hashes lead to, or undefined if there are too few or too many hashes for
 * (indices, size), the indices do not ascend, or a hash has a wrong size. Never throws.
 */
export function rootOfMultiproof(
  hasher: TreeHasher,
  leaves: readonly { readonly index: number; readonly hash: Uint8Array }[],
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (
    !areLeafIndices(
      leaves.map((leaf) => leaf.index),
      size,
    )
  )
    return undefined
  if (proof.some((hash) => hash.length !== HASH_SIZE)) return undefined
  if (leaves.some((leaf) => leaf.hash.length !== HASH_SIZE)) return undefined
  let level = leaves.map(({ index, hash }) => ({ index, hash }))
  let next = 0
  for (let last = size - 1; last > 0; last >>>= 1) {
    const parents: typeof level = []
    for (let i = 0; i < level.length; i++) {
      const { index, hash } = level[i] as (typeof level)[number]
      const right = level[i + 1]
      let parent: Uint8Array
      if ((index & 1) === 0 && right?.index === index + 1) {
        parent = hasher.node(hash, right.hash)
        i++
      } else if ((index & 1) === 0 && index === last) {
        parent = hash
      } else {
        const neighbour = proof[next++]
        if (neighbour === undefined) return undefined
        parent = (index & 1) === 1 ? hasher.node(neighbour, hash) : hasher.node(hash, neighbour)
      }
      parents.push({ index: index >>> 1, hash: parent })
    }
    level = parents
  }
  return next === proof.length ? level[0]?.hash : undefined
}
