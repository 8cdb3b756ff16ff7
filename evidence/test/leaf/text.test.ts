import { canonicalize } from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  buildBatch,
  decodeLeaf,
  encodeLeaf,
  EvidenceError,
  LeafWriter,
  newLeaf,
  newSalt,
  type LeafDocument,
} from '../../src/index.js'
import { DOCUMENT, leafOf } from '../support/records.js'

const given = leafOf(DOCUMENT)
const document: LeafDocument = {
  project: given.project,
  type: given.type,
  number: given.number,
  issuer: given.issuer,
  digests: given.digests,
  provenance: given.provenance,
}

/** Mostly one of the right values, now and then a wrong one. */
const field = (right: readonly unknown[], wrong: readonly unknown[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.constantFrom(...wrong) })

/** What a leaf may differ in. */
const change = fc.record(
  {
    number: fc.oneof(
      field(
        ['HT-1', '合同〔2026〕1号', 'a"b', 'a\\b', 'x y', '~', 'x'.repeat(100)],
        [' a', 'a ', '', 'x'.repeat(101), '\ud800', 7],
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    project: field(['2303-331003-04-01-000001', '2303-331003-04-01-000002'], ['2303-331003-04-01-00001', null]),
    type: field(['OTHER', 'CONTRACT'], ['NONE', undefined]),
    issuer: field(['12331003000001011C'], ['12331003000001011D']),
    mime: field(['application/pdf', 'text/plain'], ['PDF']),
    size: field([0, 1, 2 ** 40], [1.5, -1, 2 ** 53, '1']),
    digests: field(
      [{ sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) }],
      [{ sha256: 'A'.repeat(64), sm3: '' }, {}, null, 7],
    ),
    provenance: fc.record(
      {
        sourceSystem: field(['合同管理系统', '系统'], ['a\nb', '']),
        generatedAt: field(['2026-11-23', '2026-11-23T02:04:31.000Z'], ['2026-02-30', '2026-11-23T25:04:31.000Z', 7]),
        generator: field(['export "4.2"'], ['e\u0301']),
        witness: field(['公证处'], ['']),
      },
      { requiredKeys: ['sourceSystem', 'generatedAt', 'generator'] },
    ),
  },
  { requiredKeys: [] },
)
const stray = field([{}], [{ previous: 'a'.repeat(64) }, { provenance: null }, { more: 1 }])
const salts = field([newSalt(), newSalt()], ['salt', 'F'.repeat(32)])

/** The text, or the fault's code. */
function outcome(write: () => string): string {
  try {
    return write()
  } catch (error) {
    if (error instanceof EvidenceError) return error.code
    throw error
  }
}

describe('Leaves written as text', () => {
  it('are the canonical text of the leaf, and refused where it is, whatever was written before', () => {
    const writer = new LeafWriter()
    let written = 0
    fc.assert(
      fc.property(change, stray, salts, (changes, more, salt) => {
        const changed = { ...document, ...changes, ...(more as object) } as LeafDocument
        const text = outcome(() => writer.write(changed, salt as string))
        if (text.startsWith('{')) written++
        expect(text).to.equal(outcome(() => canonicalize(newLeaf(changed, salt as string))))
      }),
      { numRuns: 3000 },
    )
    expect(written).to.be.within(300, 2700)
  })

  it('make the batch that the leaves make', () => {
    const leaves = Array.from({ length: 7 }, (_, index) => newLeaf({ ...document, number: `N-${index}` }))
    const writer = new LeafWriter()
    const texts = leaves.map(({ salt }, index) => writer.write({ ...document, number: `N-${index}` }, salt))
    const [of, ofTexts] = [buildBatch(leaves), buildBatch(texts)]
    expect(ofTexts.roots).to.deep.equal(of.roots)
    expect(ofTexts.subject([1, 5])).to.deep.equal(of.subject([1, 5]))
    expect(decodeLeaf(new TextEncoder().encode(texts[3]))).to.deep.equal(leaves[3])
    expect(texts[3]).to.equal(new TextDecoder().decode(encodeLeaf(leaves[3] as never)))
  })

  it('are refused where no leaf is that long', () => {
    expect(() => buildBatch(['x'.repeat(20_000)]))
      .to.throw(EvidenceError)
      .with.property('code', 'TOO_LARGE')
  })
})
