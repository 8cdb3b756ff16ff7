import { HASH_SIZE, NODE_PREFIX, type TreeHasher } from './hasher.js'
import { isLeafIndex, MAX_TREE_SIZE } from './shape.js'

/**
 * A Merkle tree of RFC 9162 over leaf hashes. All levels are kept, each in one block of memory, so that building costs
 * size - 1 hashes and every path after that none.
 *
 * @example
 * const tree = new MerkleTree(treeHashers.sha256, leaves.map((leaf) => treeHashers.sha256.leaf(leaf)))
 * const path = tree.path(17)
 */
export class MerkleTree {
  readonly size: number
  readonly #levels: Uint8Array[] = []
  readonly #hasher: TreeHasher

  /**
   * @param leafHashes hashes of the leaves (with the leaf prefix), 32 bytes each; or all of them in one block of bytes, which
   *   the tree keeps
   * @throws RangeError if a hash has another length or there are too many
   */
  constructor(hasher: TreeHasher, leafHashes: readonly Uint8Array[] | Uint8Array) {
    const leaves = leafHashes instanceof Uint8Array ? leafHashes : inOneBlock(leafHashes)
    if (leaves.length % HASH_SIZE !== 0) throw new RangeError(`${leaves.length} bytes are no hashes of ${HASH_SIZE}`)
    if (leaves.length / HASH_SIZE > MAX_TREE_SIZE) throw new RangeError(`A tree holds at most ${MAX_TREE_SIZE} leaves`)
    this.#hasher = hasher
    this.size = leaves.length / HASH_SIZE
    this.#levels.push(leaves)
    for (let level: Uint8Array = leaves; level.length > HASH_SIZE;) {
      level = this.#parents(level)
      this.#levels.push(level)
    }
  }

  #parents(level: Uint8Array): Uint8Array {
    const count = level.length / HASH_SIZE
    const parents = new Uint8Array(((count + 1) >>> 1) * HASH_SIZE)
    const prefixed = new Uint8Array(1 + 2 * HASH_SIZE)
    prefixed[0] = NODE_PREFIX
    for (let index = 0; index + 1 < count; index += 2) {
      prefixed.set(level.subarray(index * HASH_SIZE, (index + 2) * HASH_SIZE), 1)
      parents.set(this.#hasher.hash(prefixed), (index >>> 1) * HASH_SIZE)
    }
    if ((count & 1) === 1) parents.set(hashAt(level, count - 1), parents.length - HASH_SIZE)
    return parents
  }

  /** The root hash; for a tree without leaves the hash of nothing. */
  get root(): Uint8Array {
    return this.size === 0 ? this.#hasher.empty() : hashAt(this.#levels.at(-1) as Uint8Array, 0).slice()
  }

  /** Number of levels, the leaves' own included. */
  get height(): number {
    return this.#levels.length
  }

  /**
   * The hash of the node at a level (0 = leaves), or undefined where the tree has none.
   */
  node(level: number, index: number): Uint8Array | undefined {
    const hashes = this.#levels[level]
    if (hashes === undefined || index < 0 || (index + 1) * HASH_SIZE > hashes.length) return undefined
    return hashAt(hashes, index).slice()
  }

  /**
   * The inclusion proof of one leaf, from the leaf's neighbour upwards.
   *
   * @throws RangeError if there is no such leaf
   */
  path(index: number): Uint8Array[] {
    if (!isLeafIndex(index, this.size)) throw new RangeError(`No leaf ${index} in a tree of ${this.size} leaves`)
    const path: Uint8Array[] = []
    for (let level = 0, position = index; level < this.#levels.length - 1; level++, position >>>= 1) {
      const neighbour = this.node(level, position ^ 1)
      if (neighbour !== undefined) path.push(neighbour)
    }
    return path
  }
}

function hashAt(level: Uint8Array, index: number): Uint8Array {
  return level.subarray(index * HASH_SIZE, (index + 1) * HASH_SIZE)
}

function inOneBlock(hashes: readonly Uint8Array[]): Uint8Array {
  const block = new Uint8Array(hashes.length * HASH_SIZE)
  hashes.forEach((hash, index) => {
    if (hash.length !== HASH_SIZE) throw new RangeError(`Leaf hash ${index} has ${hash.length} bytes, not ${HASH_SIZE}`)
    block.set(hash, index * HASH_SIZE)
  })
  return block
}
