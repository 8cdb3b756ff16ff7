import { equalBytes } from '@caizheng/fabric-wire'
import { HASH_SIZE, type TreeHasher } from './hasher.js'
import { isLeafIndex, pathLength } from './shape.js'

/**
 * The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2), or undefined if the proof cannot belong to
 * (index, size): a wrong length, a hash of another size, no such leaf.
 *
 * @param leafHash hash of the leaf with the leaf prefix, 32 bytes
 */
export function rootOfPath(
  hasher: TreeHasher,
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!isLeafIndex(index, size) || path.length !== pathLength(index, size)) return undefined
  if (leafHash.length !== HASH_SIZE || path.some((hash) => hash.length !== HASH_SIZE)) return undefined
  let hash = leafHash
  let next = 0
  for (let position = index, last = size - 1; last > 0; position >>>= 1, last >>>= 1) {
    if ((position & 1) === 1) hash = hasher.node(path[next++] as Uint8Array, hash)
    else if (position < last) hash = hasher.node(hash, path[next++] as Uint8Array)
  }
  return hash
}

/**
 * True if the path proves that the leaf is number `index` of the tree of `size` leaves with this root. Never throws.
 *
 * @example
 * verifyInclusion(treeHashers.sha256, leafHash, 17, 4096, path, root)
 */
export function verifyInclusion(
  hasher: TreeHasher,
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const computed = rootOfPath(hasher, leafHash, index, size, path)
  return computed !== undefined && equalBytes(computed, root)
}
