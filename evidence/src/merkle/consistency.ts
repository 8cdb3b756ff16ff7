import { equalBytes } from '@caizheng/fabric-wire'
import { HASH_SIZE, type TreeHasher } from './hasher.js'
import { isTreeSize } from './shape.js'
import type { MerkleTree } from './tree.js'

/** Largest power of two below `size` (size >= 2): where RFC 9162 splits a tree. */
function splitOf(size: number): number {
  return 2 ** (31 - Math.clz32(size - 1))
}

/** Hash of leaves [start, end) where these are one subtree of the whole. */
function subtree(tree: MerkleTree, start: number, end: number): Uint8Array {
  const level = end - start === 1 ? 0 : 32 - Math.clz32(end - start - 1)
  const hash = tree.node(level, start >>> level)
  if (hash === undefined) throw new RangeError(`No subtree of leaves ${start} to ${end}`)
  return hash
}

/**
 * The proof that the first `size` leaves of the tree are a tree of their own that was not changed since
 * (RFC 9162 section 2.1.4.1). Empty where `size` is the whole tree.
 *
 * @throws RangeError unless 1 <= size <= tree.size
 * @example
 * const proof = consistencyProof(tree, earlierSize)
 */
export function consistencyProof(tree: MerkleTree, size: number): Uint8Array[] {
  if (!isTreeSize(size) || size > tree.size) throw new RangeError(`No tree of ${size} leaves within ${tree.size}`)
  const proof: Uint8Array[] = []
  let start = 0
  let end = tree.size
  let known = true // whether the verifier knows this subtree's root as the earlier tree's own
  while (size < end) {
    const middle = start + splitOf(end - start)
    if (size <= middle) {
      proof.push(subtree(tree, middle, end))
      end = middle
    } else {
      proof.push(subtree(tree, start, middle))
      start = middle
      known = false
    }
  }
  if (!known) proof.push(subtree(tree, start, end))
  return proof.reverse()
}

/**
 * True if the proof shows that the tree of `secondSize` leaves extends the tree of `firstSize` leaves
 * (RFC 9162 section 2.1.4.2). Never throws.
 */
export function verifyConsistency(
  hasher: TreeHasher,
  firstSize: number,
  secondSize: number,
  proof: readonly Uint8Array[],
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
): boolean {
  if (!isTreeSize(firstSize) || !isTreeSize(secondSize) || firstSize > secondSize) return false
  if ([...proof, firstRoot, secondRoot].some((hash) => hash.length !== HASH_SIZE)) return false
  if (firstSize === secondSize) return proof.length === 0 && equalBytes(firstRoot, secondRoot)

  const isPowerOfTwo = (firstSize & (firstSize - 1)) === 0
  const hashes = isPowerOfTwo ? [firstRoot, ...proof] : [...proof]
  let position = firstSize - 1
  let last = secondSize - 1
  while ((position & 1) === 1) {
    position >>>= 1
    last >>>= 1
  }
  const seed = hashes.shift()
  if (seed === undefined) return false
  let first = seed
  let second = seed
  for (const hash of hashes) {
    if (last === 0) return false
    if ((position & 1) === 1 || position === last) {
      first = hasher.node(hash, first)
      second = hasher.node(hash, second)
      while ((position & 1) === 0 && position !== 0) {
        position >>>= 1
        last >>>= 1
      }
    } else {
      second = hasher.node(second, hash)
    }
    position >>>= 1
    last >>>= 1
  }
  return last === 0 && equalBytes(first, firstRoot) && equalBytes(second, secondRoot)
}
