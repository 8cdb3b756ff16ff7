import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeEvidence, encodeTrust, openTrust, verify, type FabricReceipt } from '@caizheng/evidence'
import { expect } from 'chai'
import { requestTimeStamp, timeStampEvidence, TimeStamper } from '../../src/index.js'
import { hasOpenssl, startAuthority, type Authority } from '../authority.js'
import { codeOf, repository } from '../support.js'

describe('time-stamps over HTTP', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })
  async function serve(listener: RequestListener): Promise<string> {
    const opened = createServer(listener)
    server = opened
    await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(opened.address() as AddressInfo).port}/`
  }
  const message = new TextEncoder().encode('message')

  it('a wrong answer, a huge one, a redirect, none in time, nobody there: unavailable', async () => {
    const answers: RequestListener[] = [
      (_, response) => response.writeHead(500).end(),
      (_, response) => response.end('not a time-stamp'),
      (_, response) => response.end(Buffer.alloc(200_000)),
      (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      () => undefined,
    ]
    for (const answer of answers) {
      const url = await serve(answer)
      const error = await codeOf(requestTimeStamp(message, { url, timeout: 300 }))
      expect(error.code).to.equal('TIMESTAMP_UNAVAILABLE')
      server?.closeAllConnections()
      server?.close()
    }
    const error = await codeOf(requestTimeStamp(message, { url: 'http://127.0.0.1:1/' }))
    expect(error.code).to.equal('TIMESTAMP_UNAVAILABLE')
  })

  describe('by a running authority', function () {
    this.timeout(30_000)
    let authority: Authority
    before(async function () {
      // The authority is OpenSSL's own; a machine may be without it. What needs none is tried above.
      if (!hasOpenssl()) return this.skip()
      authority = await startAuthority()
    })
    after(() => authority?.stop())

    const sealed = (name: string) => readFileSync(repository(`evidence/test/fixtures/sealed/${name}`))
    const evidence = () => sealed('contract.txt.evidence.json')
    const receipt = () => decodeEvidence(evidence()).receipt as FabricReceipt

    it('an evidence file is stamped, if the trust file names the authority', async () => {
      const { url } = authority
      const trust = authority.trusted(sealed('trust.json'))
      const stamped = await timeStampEvidence(evidence(), trust, { url })
      expect(decodeEvidence(stamped).cosignatures).to.have.length(4)
      const report = verify(sealed('contract.txt'), stamped, trust)
      expect(report.proven?.timeStamps.map(({ name, over }) => [name.en, over])).to.deep.include([
        'the centre',
        'receipt',
      ])
      const refused = await codeOf(timeStampEvidence(evidence(), sealed('trust.json'), { url }))
      expect(refused.code).to.equal('TIMESTAMP_REJECTED')
    })

    it('a stamper stamps receipts, and says why where it can not', async () => {
      const trust = authority.trusted(sealed('trust.json'))
      const { timeStamp } = await new TimeStamper({ url: authority.url, trust }).stamp(receipt())
      expect(timeStamp).to.include({ type: 'rfc3161-v1', over: 'receipt' })
      // Its root is not in this trust file: a token that no verifier would take is not kept.
      const elsewhere = new TimeStamper({ url: authority.url, trust: sealed('trust.json') })
      expect((await elsewhere.stamp(receipt())).unstamped?.code).to.equal('TIMESTAMP_REJECTED')
      const { timestamping, ...file } = openTrust(sealed('trust.json')).file
      expect(timestamping).to.have.length(1)
      expect(() => new TimeStamper({ url: authority.url, trust: encodeTrust(file) })).to.throw('names no time-stamping')
    })

    it('an authority that is away is not asked by each, and is asked again later', async () => {
      let asked = 0
      let away = true
      const url = await serve((request, response) => {
        asked++
        if (away) return response.writeHead(503).end()
        // The real one answers behind this address.
        void forward(request, authority.url).then((answer) => response.end(answer))
      })
      const trust = authority.trusted(sealed('trust.json'))
      const stamper = new TimeStamper({ url, trust, pause: 200 })
      for (let n = 0; n < 5; n++) expect((await stamper.stamp(receipt())).unstamped?.code).to.match(/UNAVAILABLE/)
      expect(asked).to.equal(1)
      away = false
      await sleep(250)
      expect((await stamper.stamp(receipt())).timeStamp).to.not.equal(undefined)
      expect(asked).to.equal(2)
    })
  })
})

async function forward(request: IncomingMessage, url: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = { 'content-type': 'application/timestamp-query' }
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.concat(chunks) })
  return Buffer.from(await response.arrayBuffer())
}
