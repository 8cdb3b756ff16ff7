import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import {
  consistencyProof,
  MerkleTree,
  type TreeAlgorithm,
  treeHashers,
  verifyConsistency,
  verifyInclusion,
} from '../../src/merkle/index.js'

interface Published {
  leaves: string[]
  empty: string
  roots: string[]
  inclusion: { index: number; size: number; path: string[] }[]
  consistency: { first: number; second: number; proof: string[] }[]
}
interface Ours {
  trees: {
    algorithm: TreeAlgorithm
    size: number
    root: string
    inclusion: { index: number; path: string[] }[]
    consistency: { first: number; firstRoot: string; proof: string[] }[]
  }[]
}

function load<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')) as T
}

function treeOf(algorithm: TreeAlgorithm, leaves: Uint8Array[]): MerkleTree {
  const hasher = treeHashers[algorithm]
  return new MerkleTree(
    hasher,
    leaves.map((leaf) => hasher.leaf(leaf)),
  )
}

describe('Merkle tree: published vectors', () => {
  const published = load<Published>('merkle-published.json')
  const leaves = published.leaves.map(fromHex)
  const hasher = treeHashers.sha256
  const rootOf = (size: number) => fromHex(published.roots[size - 1] as string)

  it('gives the published roots of all sizes', () => {
    expect(toHex(treeOf('sha256', []).root)).to.equal(published.empty)
    published.roots.forEach((root, i) => {
      expect(toHex(treeOf('sha256', leaves.slice(0, i + 1)).root)).to.equal(root)
    })
  })

  it('gives and accepts the published inclusion proofs', () => {
    for (const { index, size, path } of published.inclusion) {
      expect(treeOf('sha256', leaves.slice(0, size)).path(index).map(toHex)).to.deep.equal(path)
      const leafHash = hasher.leaf(leaves[index] as Uint8Array)
      expect(verifyInclusion(hasher, leafHash, index, size, path.map(fromHex), rootOf(size))).to.equal(true)
    }
  })

  it('gives and accepts the published consistency proofs', () => {
    for (const { first, second, proof } of published.consistency) {
      expect(consistencyProof(treeOf('sha256', leaves.slice(0, second)), first).map(toHex)).to.deep.equal(proof)
      const accepted = verifyConsistency(hasher, first, second, proof.map(fromHex), rootOf(first), rootOf(second))
      expect(accepted).to.equal(true)
    }
  })
})

describe('Merkle tree: vectors of our own, SHA-256 and SM3', () => {
  for (const vector of load<Ours>('merkle.json').trees) {
    it(`${vector.algorithm}, ${vector.size} leaves`, () => {
      const hasher = treeHashers[vector.algorithm]
      const leaves = Array.from({ length: vector.size }, (_, i) =>
        new TextEncoder().encode(`caizheng leaf ${i} of ${vector.size}`),
      )
      const tree = treeOf(vector.algorithm, leaves)
      const root = fromHex(vector.root)
      expect(toHex(tree.root)).to.equal(vector.root)
      for (const { index, path } of vector.inclusion) {
        expect(tree.path(index).map(toHex)).to.deep.equal(path)
        const leafHash = hasher.leaf(leaves[index] as Uint8Array)
        expect(verifyInclusion(hasher, leafHash, index, vector.size, path.map(fromHex), root)).to.equal(true)
      }
      for (const { first, firstRoot, proof } of vector.consistency) {
        expect(consistencyProof(tree, first).map(toHex)).to.deep.equal(proof)
        const hashes = proof.map(fromHex)
        expect(verifyConsistency(hasher, first, vector.size, hashes, fromHex(firstRoot), root)).to.equal(true)
      }
    })
  }
})
