import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { hashFile } from '../../src/verify/hash-file.js'
import { pairUp } from '../../src/verify/pair-up.js'
import { plain } from '../../src/verify/plain.js'
import { say, textKeys } from '../../src/verify/texts.js'

describe('texts of the verifying page', () => {
  it('say the same places in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    const keep = new Proxy({}, { get: (_, name) => `{${String(name)}}` })
    for (const key of textKeys) {
      expect(places(say('zh', key, keep)), key).to.deep.equal(places(say('en', key, keep)))
    }
  })
})

describe('pairing', () => {
  const document = (name: string, sha256 = name) => ({ name, sha256 })
  const evidence = (name: string, ...digests: string[]) => ({ name, digests: new Set(digests) })
  const named = (result: ReturnType<typeof pairUp>) =>
    result.pairs.map((pair) => [pair.document.name, pair.evidence.name])

  it('goes by the digest, whatever the files are called', () => {
    const result = pairUp([document('a'), document('b')], [evidence('x.json', 'b'), evidence('y.json', 'a')])
    expect(named(result)).to.deep.equal([
      ['a', 'y.json'],
      ['b', 'x.json'],
    ])
  })

  it('finds a changed document by its name', () => {
    const files = [evidence('ocds-c.json.evidence.json', 'old'), evidence('d.pdf.evidence.json', 'other')]
    expect(named(pairUp([document('c.json')], files))).to.deep.equal([['c.json', 'ocds-c.json.evidence.json']])
    expect(named(pairUp([document('d.pdf')], files))).to.deep.equal([['d.pdf', 'd.pdf.evidence.json']])
  })

  it('takes the only one there is, and leaves over what has no counterpart', () => {
    expect(named(pairUp([document('a'), document('b')], [evidence('x.json')]))).to.have.length(2)
    const result = pairUp([document('a')], [evidence('x.json', 'b'), evidence('y.json', 'c')])
    expect(result.pairs).to.deep.equal([])
    expect(result.documents.map(({ name }) => name)).to.deep.equal(['a'])
    expect(result.evidence).to.have.length(2)
  })

  it('gives the last document the last evidence', () => {
    const result = pairUp([document('a'), document('new')], [evidence('x.json', 'a'), evidence('y.json', 'c')])
    expect(named(result)).to.deep.equal([
      ['a', 'x.json'],
      ['new', 'y.json'],
    ])
  })
})

describe('what the page shows of a file', () => {
  it('hides nothing and turns nothing round', () => {
    expect(plain('a\u202Eb\u0000c\u200Bd')).to.equal('a\uFFFDb\uFFFDc\uFFFDd')
    expect(plain('合同 №1 – 第一期.pdf')).to.equal('合同 №1 – 第一期.pdf')
    expect(plain('x'.repeat(300))).to.have.length(201)
  })

  it('hashes a file in pieces as in one', async () => {
    for (const size of [0, 1, 512 * 1024, 1_300_001]) {
      const bytes = randomBytes(size)
      const done: number[] = []
      const digests = await hashFile(new Blob([bytes]), (n) => done.push(n))
      for (const algorithm of ['sha256', 'sm3'] as const) {
        expect(digests[algorithm]).to.equal(createHash(algorithm).update(bytes).digest('hex'))
      }
      expect(done.at(-1) ?? 0).to.equal(size)
    }
  })
})
