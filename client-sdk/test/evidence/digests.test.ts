import { expect } from 'chai'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { digestDocument } from '../../src/evidence/digests.js'
import { codeOf } from '../support.js'

describe('digests of a document', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caizheng-digests-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('match the published values for "abc"', async () => {
    // FIPS 180-4 and GB/T 32905 (A.1).
    expect(await digestDocument(Buffer.from('abc'))).to.deep.equal({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
      size: 3,
    })
  })

  it('are the same for a path, a stream, bytes and given digests', async () => {
    const bytes = randomBytes(3 * 1024 * 1024 + 17)
    const path = join(folder, 'document')
    await writeFile(path, bytes)
    const expected = {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sm3: createHash('sm3').update(bytes).digest('hex'),
      size: bytes.length,
    }
    expect(await digestDocument(path)).to.deep.equal(expected)
    expect(await digestDocument(createReadStream(path))).to.deep.equal(expected)
    expect(await digestDocument(bytes)).to.deep.equal(expected)
    expect(await digestDocument(expected)).to.deep.equal(expected)
  })

  it('of a large file are taken without holding it', async () => {
    const path = join(folder, 'large')
    const size = 512 * 1024 * 1024
    const file = await open(path, 'w')
    await file.truncate(size)
    await file.close()
    let most = 0
    const before = process.memoryUsage().rss
    const seen: number[] = []
    await digestDocument(path, {
      onProgress: (read, total) => {
        expect(total).to.equal(size)
        seen.push(read)
        most = Math.max(most, process.memoryUsage().rss)
      },
    })
    expect(seen.at(-1)).to.equal(size)
    expect(most - before).to.be.lessThan(128 * 1024 * 1024)
  }).timeout(60_000)

  it('fail with a code where there is no such file, or a folder', async () => {
    expect((await codeOf(digestDocument(join(folder, 'absent')))).code).to.equal('DOCUMENT_NOT_FOUND')
    expect((await codeOf(digestDocument(folder))).code).to.equal('DOCUMENT_UNREADABLE')
  })

  it('fail where a stream breaks, gives text, or the caller stops', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('a')
        throw new Error('cable pulled')
      })(),
    )
    expect((await codeOf(digestDocument(broken))).message).to.include('cable pulled')
    const text = Readable.from(['a', 'b'])
    expect((await codeOf(digestDocument(text))).code).to.equal('INPUT_INVALID')
    const signal = AbortSignal.abort()
    expect((await codeOf(digestDocument(Buffer.from('abc'), { signal }))).code).to.equal('CANCELLED')
  })

  it('given as digests must be two digests and a size', async () => {
    const good = { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64), size: 1 }
    for (const bad of [{ sha256: 'A'.repeat(64) }, { sm3: 'b'.repeat(63) }, { size: -1 }, { size: 1.5 }]) {
      expect((await codeOf(digestDocument({ ...good, ...bad }))).code).to.equal('INPUT_INVALID')
    }
  })
})
