import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { compareKeys, QueryReads, encode, toHex } from '@caizheng/fabric-wire'
import { summarizeReads } from '../../src/ledger/index.js'
import { read } from './support.js'

const sha256 = (...parts: Uint8Array[]): Uint8Array => createHash('sha256').update(Buffer.concat(parts)).digest()
const rows = (count: number) => Array.from({ length: count }, (_, i) => read(`k${i}`, 7, i))
const leaves = (count: number): Uint8Array[] => {
  const all = rows(count)
  const hashes: Uint8Array[] = []
  // One more than the degree to a group.
  for (let i = 0; i < count; i += 51) hashes.push(sha256(encode(QueryReads, { kvReads: all.slice(i, i + 51) })))
  return hashes
}

describe('ledger: the summary of a large range read', () => {
  const summary = (count: number) => {
    const hashes = summarizeReads(rows(count)).readsMerkleHashes
    return hashes && { level: hashes.maxLevel, hashes: hashes.maxLevelHashes.map(toHex) }
  }

  it('records up to fifty rows as they are', () => {
    expect(summarizeReads(rows(50))).to.deep.equal({ rawReads: { kvReads: rows(50) } })
    expect(summarizeReads([])).to.deep.equal({ rawReads: { kvReads: [] } })
  })

  it('hashes groups of fifty-one rows, the last as long as it is', () => {
    expect(summary(51)).to.deep.equal({ level: 1, hashes: leaves(51).map(toHex) })
    expect(summary(52)).to.deep.equal({ level: 1, hashes: leaves(52).map(toHex) })
    expect(summary(50 * 51)).to.deep.equal({ level: 1, hashes: leaves(50 * 51).map(toHex) })
  })

  it('hashes fifty-one hashes into one of the next level', () => {
    expect(summary(51 * 51)).to.deep.equal({ level: 2, hashes: [toHex(sha256(...leaves(51 * 51)))] })
  })

  it('lets a hash that is left alone move up as it is, and joins several', () => {
    const all = leaves(51 * 51 + 60)
    const first = sha256(...all.slice(0, 51))
    expect(summary(51 * 51 + 1)).to.deep.equal({
      level: 2,
      hashes: [toHex(first), toHex(leaves(51 * 51 + 1)[51] as Uint8Array)],
    })
    expect(summary(51 * 51 + 60)).to.deep.equal({
      level: 2,
      hashes: [toHex(first), toHex(sha256(...all.slice(51)))],
    })
  })
})

describe('ledger: the order of keys', () => {
  it('is the order of their UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).to.equal(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
      }),
      {
        numRuns: 2000,
        examples: [
          ['\uffff', '😀'],
          ['\ue000', '\u{10000}'],
          ['\ud7ff', '\ue000'],
        ],
      },
    )
  })
})
