import { randomBytes } from 'node:crypto'
import { createServer, request as open, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import { readForm, type FormPart } from '../../src/http/multipart.js'
import { Problem } from '../../src/problems/problem.js'
import { digestsOf } from '../support/api.js'

const boundary = '----b'
const shape = {
  document: { as: 'bytes', limit: 1_000 },
  file: { as: 'digests', limit: 500_000 },
} as const

function form(document: string, file: Uint8Array): Buffer {
  const head = (disposition: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`
  return Buffer.concat([
    Buffer.from(`${head('name="document"')}${document}\r\n${head('name="file"; filename="a"')}`),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}

describe('reading of forms', function () {
  this.timeout(60_000)
  let server: Server
  let answer: Promise<Map<string, FormPart> | string> = Promise.resolve('')

  before((done) => {
    server = createServer((request, response) => {
      answer = readForm(request, shape).catch((error: unknown) => {
        if (error instanceof Problem) return error.code
        throw error
      })
      answer.then(
        () => response.end(),
        () => response.writeHead(500).end(),
      )
    })
    server.listen(0, '127.0.0.1', done)
  })

  after(() => server.close())

  /** Sends the pieces one after the other; what the form was read as, or the problem's code. */
  const send = (pieces: readonly Uint8Array[], contentType = `multipart/form-data; boundary=${boundary}`) =>
    new Promise<Map<string, FormPart> | string>((resolve, reject) => {
      const { port } = server.address() as AddressInfo
      const outgoing = open(
        { port, host: '127.0.0.1', method: 'POST', agent: false, headers: { 'Content-Type': contentType } },
        (response) => {
          response.resume()
          if (response.statusCode === 200) resolve(answer)
          else reject(new Error(`status ${response.statusCode}`))
        },
      )
      outgoing.on('error', reject)
      const next = (n: number): void => {
        const piece = pieces[n]
        if (piece === undefined) outgoing.end()
        else outgoing.write(piece, () => setImmediate(() => next(n + 1)))
      }
      next(0)
    })

  it('gives the digests of the file, however it is cut on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3_000 }),
        fc.array(fc.nat(3_500), { maxLength: 12 }),
        async (file, cuts) => {
          // Lines that begin like the boundary are where readers go wrong.
          const tricky = Buffer.concat([file, Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n-`)])
          const bytes = form('{"number":"合同"}', tricky)
          const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
          const read = await send(places.slice(1).map((place, n) => bytes.subarray(places[n], place)))
          if (typeof read === 'string') throw new Error(read)
          expect(read.get('file')?.digests).to.deep.equal({ ...digestsOf(tricky), size: tricky.length })
          expect(read.get('document')?.bytes?.toString()).to.equal('{"number":"合同"}')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('survives whatever arrives: a form or a problem, never a crash', async () => {
    const good = form('{"number":1}', randomBytes(400))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        fc.boolean(),
        async (changes, cut, cutOff) => {
          const bytes = Buffer.from(good)
          for (const [place, value] of changes) bytes[place] = value
          const read = await send(cutOff ? [bytes.subarray(0, cut)] : [bytes.subarray(0, cut), bytes.subarray(cut)])
          if (typeof read === 'string') expect(['MALFORMED_REQUEST', 'PAYLOAD_TOO_LARGE']).to.include(read)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('keeps no more of a part than its own limit, though another part may be larger', async () => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="document"; filename="m.json"\r\n\r\n`
    const large = Buffer.concat([Buffer.from(head), randomBytes(400_000), Buffer.from(`\r\n--${boundary}--\r\n`)])
    expect(await send([large])).to.equal('PAYLOAD_TOO_LARGE')
    expect(await send([form('x'.repeat(1_001), randomBytes(1))])).to.equal('PAYLOAD_TOO_LARGE')
    expect(await send([form('x'.repeat(1_000), randomBytes(500_000))])).to.be.instanceOf(Map)
    expect(await send([form('x', randomBytes(500_001))])).to.equal('PAYLOAD_TOO_LARGE')
  })

  it('wants a boundary', async () => {
    expect(await send([form('x', randomBytes(1))], 'multipart/form-data')).to.equal('MALFORMED_REQUEST')
  })
})
