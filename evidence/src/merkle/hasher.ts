import { sha256, sm3 } from '@caizheng/fabric-wire'

/** The two algorithms that a tree can be made with; the label stands beside every root so that neither passes for the other. */
export type TreeAlgorithm = 'sha256' | 'sm3'

/** Bytes of one hash; SHA-256 and SM3 have the same size. */
export const HASH_SIZE = 32

/** What stands before a leaf's data, and before two children, where they are hashed. */
export const LEAF_PREFIX = 0
export const NODE_PREFIX = 1

/** Hashes leaves and inner nodes, each with its own prefix byte so that a node never passes for a leaf. */
export interface TreeHasher {
  readonly algorithm: TreeAlgorithm
  /** Hash of the empty string, the root of a tree without leaves. */
  empty(): Uint8Array
  /** HASH(0x00 || data). */
  leaf(data: Uint8Array): Uint8Array
  /** HASH(data) where `data` begins with 0x00: one copy of a leaf's bytes serves both trees. */
  prefixedLeaf(data: Uint8Array): Uint8Array
  /** HASH(0x01 || left || right). */
  node(left: Uint8Array, right: Uint8Array): Uint8Array
  /** HASH(bytes), for bytes that begin with their prefix already: saves a copy where many are hashed. */
  hash(prefixed: Uint8Array): Uint8Array
}

function hasherOf(algorithm: TreeAlgorithm, hash: (data: Uint8Array) => Uint8Array): TreeHasher {
  // One buffer serves all inner nodes: the hash functions read it before they return.
  const pair = new Uint8Array(1 + 2 * HASH_SIZE)
  pair[0] = NODE_PREFIX
  return {
    algorithm,
    empty: () => hash(new Uint8Array(0)),
    prefixedLeaf: hash,
    leaf(data) {
      const prefixed = new Uint8Array(1 + data.length)
      prefixed[0] = LEAF_PREFIX
      prefixed.set(data, 1)
      return hash(prefixed)
    },
    node(left, right) {
      pair.set(left, 1)
      pair.set(right, 1 + HASH_SIZE)
      return hash(pair)
    },
    hash,
  }
}

/**
 * The hash functions of RFC 9162 section 2.1.1 with SHA-256, and the same construction with SM3.
 *
 * @example
 * const leafHash = treeHashers.sha256.leaf(bytes)
 */
export const treeHashers: Readonly<Record<TreeAlgorithm, TreeHasher>> = {
  sha256: hasherOf('sha256', sha256),
  sm3: hasherOf('sm3', sm3),
}
