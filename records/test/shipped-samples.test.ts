import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAnchorRequest } from '../src/index.js'

const folder = join(import.meta.dirname, '..', '..', '..', 'samples')
const samples = JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8')) as { file: string }[]

describe('the samples', () => {
  it('are each a document that can be anchored', () => {
    for (const { file, ...about } of samples) {
      const bytes = readFileSync(join(folder, file))
      const [sha256 = '', sm3 = ''] = ['sha256', 'sm3'].map((name) => createHash(name).update(bytes).digest('hex'))
      expect(() => parseAnchorRequest({ ...about, digests: { sha256, sm3 }, size: bytes.length }), file).not.to.throw()
    }
  })

  it('are all the files there, at least ten, each once', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const files = folders.flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    expect(samples.map(({ file }) => file).sort()).to.deep.equal(files.sort())
    expect(samples.length).to.be.at.least(10)
  })
})
