import { expect } from 'chai'
import { append, rootOf, type Frontier } from '../src/log/frontier.js'
import { algorithms, leafHash, nodeHash, type Algorithm } from '../src/log/hashers.js'

/** RFC 9162, section 2.1.1, as it is written there. */
function treeHash(algorithm: Algorithm, leaves: readonly string[]): string {
  const [only] = leaves
  if (only !== undefined && leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(algorithm, treeHash(algorithm, leaves.slice(0, split)), treeHash(algorithm, leaves.slice(split)))
}

describe('the log’s frontier', () => {
  for (const algorithm of algorithms) {
    it(`gives the root of the whole tree at every size, with ${algorithm}`, () => {
      const leaves = Array.from({ length: 70 }, (_, i) => leafHash(algorithm, Uint8Array.of(i)))
      let frontier: Frontier = []
      leaves.forEach((leaf, size) => {
        frontier = append(algorithm, frontier, size, leaf)
        expect(frontier).to.have.length([...(size + 1).toString(2)].filter((digit) => digit === '1').length)
        expect(rootOf(algorithm, frontier), `${size + 1} leaves`).to.equal(
          treeHash(algorithm, leaves.slice(0, size + 1)),
        )
      })
    })
  }

  it('knows the published root of the test tree of certificate transparency', () => {
    // The eight leaves that RFC 6962 implementations share.
    const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const frontier = leaves.reduce<Frontier>(
      (grown, leaf, size) => append('sha256', grown, size, leafHash('sha256', Buffer.from(leaf, 'hex'))),
      [],
    )
    expect(rootOf('sha256', frontier)).to.equal('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
  })

  it('refuses a frontier that does not belong to the size, and a tree of nothing', () => {
    expect(() => append('sha256', [], 1, leafHash('sha256', Uint8Array.of(1)))).to.throw(RangeError)
    expect(() => rootOf('sm3', [])).to.throw(RangeError)
  })
})
