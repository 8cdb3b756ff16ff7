import { documentTypes } from '@caizheng/records'
import { expect } from 'chai'
import { documentTypeNames } from '../src/page/document-types.js'
import { beijingTime, hex, short, size } from '../src/page/format.js'
import { say, textKeys } from '../src/page/texts.js'

describe('texts of the page', () => {
  it('names every document type as the records do', () => {
    const chinese = Object.fromEntries(Object.entries(documentTypeNames).map(([type, [zh]]) => [type, zh]))
    expect(chinese).to.deep.equal(documentTypes)
  })

  it('says the same places in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const key of textKeys) {
      const keep = new Proxy({}, { get: (_, name) => `{${String(name)}}` })
      expect(places(say('zh', key, keep)), key).to.deep.equal(places(say('en', key, keep)))
    }
  })
})

describe('formats of the page', () => {
  it('shows UTC as Beijing time, across midnight', () => {
    expect(beijingTime('2026-11-23T02:04:31.000Z')).to.equal('2026-11-23 10:04:31')
    expect(beijingTime('2026-12-31T16:00:00.500Z')).to.equal('2027-01-01 00:00:00')
  })

  it('shortens a digest and leaves a short text', () => {
    expect(short('0123456789abcdef0123456789abcdef')).to.equal('01234567…abcdef')
    expect(short('0123456789abcdef')).to.equal('0123456789abcdef')
  })

  it('writes bytes as hex with leading zeros', () => {
    expect(hex(new Uint8Array([0, 10, 255]).buffer)).to.equal('000aff')
  })

  it('gives sizes in units', () => {
    expect([0, 1023, 1024, 1_048_576, 5 * 1024 ** 3].map(size)).to.deep.equal([
      '0 B',
      '1023 B',
      '1.0 KiB',
      '1.0 MiB',
      '5.0 GiB',
    ])
  })
})
