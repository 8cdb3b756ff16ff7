import { expect } from 'chai'
import fc from 'fast-check'
import { fromBase64, toBase64 } from '../../src/format/base64.js'
import { fill } from '../../src/format/text.js'
import { chinaTime, chinaTimeAtLatest } from '../../src/verify/time.js'

describe('base64', () => {
  it('is what Node writes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(toBase64(bytes)).to.equal(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(toBase64(bytes))).to.deep.equal(bytes)
      }),
    )
  })

  it('has one text for one value', () => {
    for (const text of ['AB==', 'AAF=', 'AA', 'AA=', 'A===', 'AAA', 'AA==\n', 'A-__', ' AAA', '====']) {
      expect(() => fromBase64(text), text).to.throw(RangeError)
    }
  })
})

describe('sentences', () => {
  it('show values of hostile files without control characters, and short', () => {
    const text = fill({ en: 'a {x} b', zh: '{x}' }, { x: '\u001b[2J\u202e' })
    expect(text.en).to.equal('a \u{FFFD}[2J\u{FFFD} b')
    expect(fill({ en: '{x}', zh: '' }, { x: 'y'.repeat(1000) }).en).to.have.length(121)
    expect(fill({ en: '{x} {y}', zh: '' }, { x: '{y}', y: 1 }).en).to.equal('{y} 1')
  })

  it('show time as in China; after "no later than" never earlier than it was', () => {
    expect(chinaTime(new Date('2026-11-23T16:00:00.000Z'))).to.equal('2026-11-24 00:00:00')
    expect(chinaTime(new Date('2026-11-23T02:04:31.999Z'))).to.equal('2026-11-23 10:04:31')
    expect(chinaTimeAtLatest(new Date('2026-11-23T02:04:31.001Z'))).to.equal('2026-11-23 10:04:32')
  })
})
