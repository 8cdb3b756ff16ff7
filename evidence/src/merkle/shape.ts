/**
 * The shape of an RFC 9162 tree follows from its size alone. Level 0 holds the leaves; a node without a right
 * neighbour moves up unchanged. So every proof's length is known before its bytes are looked at.
 */

/** Trees up to this size are exact in a JavaScript number's 32-bit operations. */
export const MAX_TREE_SIZE = 2 ** 31 - 1

/** True if `size` can be the size of a tree that proofs are made for. */
export function isTreeSize(size: number): boolean {
  return Number.isInteger(size) && size >= 1 && size <= MAX_TREE_SIZE
}

/** True if `index` names a leaf in a tree of `size` leaves. */
export function isLeafIndex(index: number, size: number): boolean {
  return isTreeSize(size) && Number.isInteger(index) && index >= 0 && index < size
}

/**
 * The exact number of hashes in the inclusion proof of leaf `index` in a tree of `size` leaves.
 *
 * @throws RangeError if there is no such leaf
 * @example
 * pathLength(6, 7) // 2
 */
export function pathLength(index: number, size: number): number {
  if (!isLeafIndex(index, size)) throw new RangeError(`No leaf ${index} in a tree of ${size} leaves`)
  let length = 0
  for (let position = index, last = size - 1; last > 0; position >>>= 1, last >>>= 1) {
    if (position < last || (position & 1) === 1) length++
  }
  return length
}
