import { expect } from 'chai'
import fc from 'fast-check'
import {
  consistencyProof,
  MerkleTree,
  multiproof,
  pathLength,
  rootOfMultiproof,
  treeHashers,
  verifyConsistency,
  verifyInclusion,
} from '../../src/merkle/index.js'

const hasher = treeHashers.sha256
const leafHashes = Array.from({ length: 70 }, (_, i) => hasher.leaf(Uint8Array.of(i)))
const trees = Array.from({ length: 71 }, (_, size) => new MerkleTree(hasher, leafHashes.slice(0, size)))
const treeAt = (size: number) => trees[size] as MerkleTree
const leafAt = (index: number) => leafHashes[index] as Uint8Array

function altered(hash: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(hash)
  copy[7] = (copy[7] as number) ^ 1
  return copy
}

describe('Merkle tree: every size up to 70', () => {
  it('accepts each inclusion proof, and only with its own index, size, length and hashes', () => {
    for (let size = 1; size <= 70; size++) {
      const { root } = treeAt(size)
      for (let index = 0; index < size; index++) {
        const path = treeAt(size).path(index)
        expect(path.length).to.equal(pathLength(index, size))
        expect(verifyInclusion(hasher, leafAt(index), index, size, path, root)).to.equal(true)
        expect(verifyInclusion(hasher, leafAt(index), index, size, path.slice(1), root)).to.equal(path.length === 0)
        expect(verifyInclusion(hasher, leafAt(index), index, size, [...path, root], root)).to.equal(false)
        expect(verifyInclusion(hasher, leafAt(index), index + 1, size, path, root)).to.equal(false)
        expect(verifyInclusion(hasher, leafAt(index), index - 1, size, path, root)).to.equal(false)
        expect(verifyInclusion(hasher, altered(leafAt(index)), index, size, path, root)).to.equal(false)
        path.forEach((hash, i) => {
          const wrong = path.with(i, altered(hash))
          expect(verifyInclusion(hasher, leafAt(index), index, size, wrong, root)).to.equal(false)
        })
      }
    }
  })

  it('accepts each consistency proof, and only with its own sizes, roots and hashes', () => {
    for (let second = 1; second <= 70; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = consistencyProof(treeAt(second), first)
        const roots = [treeAt(first).root, treeAt(second).root] as const
        expect(verifyConsistency(hasher, first, second, proof, ...roots)).to.equal(true)
        expect(verifyConsistency(hasher, first, second, [...proof, roots[0]], ...roots)).to.equal(false)
        expect(verifyConsistency(hasher, first, second, proof, altered(roots[0]), roots[1])).to.equal(false)
        expect(verifyConsistency(hasher, first, second, proof, roots[0], altered(roots[1]))).to.equal(false)
        if (proof.length > 0) {
          expect(verifyConsistency(hasher, first, second, proof.slice(1), ...roots)).to.equal(false)
          expect(verifyConsistency(hasher, second, first, proof, ...roots)).to.equal(false)
        }
        proof.forEach((hash, i) => {
          expect(verifyConsistency(hasher, first, second, proof.with(i, altered(hash)), ...roots)).to.equal(false)
        })
      }
    }
  })

  it('refuses sizes and indices that no tree has', () => {
    const path = treeAt(8).path(3)
    const { root } = treeAt(8)
    for (const [index, size] of [
      [3, 0],
      [-1, 8],
      [8, 8],
      [3.5, 8],
      [Number.NaN, 8],
      [3, 2 ** 31],
      [3, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(verifyInclusion(hasher, leafAt(3), index, size, path, root)).to.equal(false)
      expect(() => pathLength(index, size)).to.throw(RangeError)
    }
    expect(verifyConsistency(hasher, 0, 8, [], treeAt(0).root, root)).to.equal(false)
    expect(verifyInclusion(hasher, leafAt(3).subarray(1), 3, 8, path, root)).to.equal(false)
    expect(() => treeAt(8).path(8)).to.throw(RangeError)
    expect(() => consistencyProof(treeAt(8), 9)).to.throw(RangeError)
    expect(() => new MerkleTree(hasher, [Uint8Array.of(1)])).to.throw(RangeError)
  })

  it('never takes a node for a leaf', () => {
    const node = treeAt(8).node(1, 0) as Uint8Array
    expect(verifyInclusion(hasher, node, 0, 4, treeAt(8).path(0).slice(1), treeAt(8).root)).to.equal(true)
    // Four leaves whose hashes are inner nodes give the same root: only the size, signed with the root, tells them apart.
    expect(verifyInclusion(hasher, node, 0, 8, treeAt(8).path(0).slice(1), treeAt(8).root)).to.equal(false)
  })
})

describe('Merkle tree: several leaves together', () => {
  const subset = fc
    .integer({ min: 1, max: 70 })
    .chain((size) =>
      fc.record({ size: fc.constant(size), indices: fc.subarray([...Array(size).keys()], { minLength: 1 }) }),
    )
  const leavesOf = (indices: number[]) => indices.map((index) => ({ index, hash: leafAt(index) }))

  it('for one leaf is its path, for all leaves nothing', () => {
    for (let size = 1; size <= 70; size++) {
      for (let index = 0; index < size; index++) {
        expect(multiproof(treeAt(size), [index])).to.deep.equal(treeAt(size).path(index))
      }
      expect(multiproof(treeAt(size), [...Array(size).keys()])).to.deep.equal([])
    }
  })

  it('leads any subset to the root', () => {
    fc.assert(
      fc.property(subset, ({ size, indices }) => {
        const proof = multiproof(treeAt(size), indices)
        expect(rootOfMultiproof(hasher, leavesOf(indices), size, proof)).to.deep.equal(treeAt(size).root)
      }),
    )
  })

  it('refuses a hash too few, too many or altered, and indices out of order', () => {
    fc.assert(
      fc.property(subset, ({ size, indices }) => {
        const proof = multiproof(treeAt(size), indices)
        const { root } = treeAt(size)
        expect(rootOfMultiproof(hasher, leavesOf(indices), size, [...proof, root])).to.equal(undefined)
        proof.forEach((hash, i) => {
          const wrong = proof.with(i, altered(hash))
          expect(rootOfMultiproof(hasher, leavesOf(indices), size, wrong)).to.not.deep.equal(root)
          expect(rootOfMultiproof(hasher, leavesOf(indices), size, proof.toSpliced(i, 1))).to.equal(undefined)
        })
        if (indices.length > 1) {
          expect(rootOfMultiproof(hasher, leavesOf(indices).reverse(), size, proof)).to.equal(undefined)
        }
        const doubled = [...leavesOf(indices), ...leavesOf(indices.slice(-1))]
        expect(rootOfMultiproof(hasher, doubled, size, proof)).to.equal(undefined)
        expect(rootOfMultiproof(hasher, [], size, proof)).to.equal(undefined)
      }),
    )
  })
})
