import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { concatBytes, fromHex, toHex } from '@caizheng/fabric-wire'
import { encodeTrust, openTrust, readTimeStampAnswer, timeStampQuery, type Trust } from '../../src/index.js'
import { fromBase64 } from '../../src/format/base64.js'
import { verifyToken } from '../../src/timestamp/token.js'
import { createNetwork, type TestNetwork } from '../support/network.js'
import { TestTsa } from '../support/tsa.js'

interface Vectors {
  readonly message: string
  readonly tokens: Readonly<Record<string, { readonly root: string; readonly token: string }>>
}

const name = { zh: '国家授时中心', en: 'time service' }

describe('RFC 3161 tokens', () => {
  const file = new URL('../../../vectors/timestamps.json', import.meta.url)
  const { message: text, tokens } = JSON.parse(readFileSync(file, 'utf8')) as Vectors
  const message = new TextEncoder().encode(text)
  let network: TestNetwork
  before(async () => {
    network = await createNetwork()
  })
  const pinned = (...roots: string[]): Trust =>
    openTrust(encodeTrust(network.trustFile({ timestamping: [{ name, roots }] })))
  const vector = (kind: string) => {
    const { root = '', token = '' } = tokens[kind] ?? {}
    return { root, token: fromBase64(token) }
  }
  const codeOf = (token: Uint8Array, trust: Trust, over = message): string => {
    try {
      verifyToken(token, over, trust)
      return 'none'
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    }
  }

  for (const kind of ['rsa', 'ec', 'byCms', 'intermediate']) {
    it(`that OpenSSL made hold: ${kind}`, () => {
      const { root, token } = vector(kind)
      const { authority, info } = verifyToken(token, message, pinned(root))
      expect(authority.name.en).to.equal('time service')
      expect(info.time.toISOString()).to.match(/^20\d\d-/)
      expect(info.accuracy).to.equal(1000)
      expect(codeOf(token, pinned(root), message.subarray(1))).to.equal('TIMESTAMP_IMPRINT')
      expect(codeOf(token, pinned(vector(kind === 'ec' ? 'rsa' : 'ec').root))).to.equal('TIMESTAMP_CERTIFICATE')
    })
  }

  it('are refused where the purpose is not critical, not alone, or the certificate is named by SHA-1', () => {
    for (const kind of ['notCritical', 'twoPurposes']) {
      const { root, token } = vector(kind)
      expect(codeOf(token, pinned(root)), kind).to.equal('TIMESTAMP_CERTIFICATE')
    }
    const { root, token } = vector('oldCertificateId')
    expect(codeOf(token, pinned(root))).to.equal('TIMESTAMP_FORM')
  })

  it('are refused with any byte changed, or cut, or with more after them', function () {
    for (const kind of ['ec', 'intermediate']) {
      const { root, token } = vector(kind)
      const trust = pinned(root)
      for (let at = 0; at < token.length; at++) {
        expect(codeOf(token.with(at, (token[at] ?? 0) ^ 0x01), trust), `${kind}, byte ${at}`).to.match(/^TIMESTAMP_/)
      }
      for (let end = 0; end < token.length; end += 7)
        expect(codeOf(token.subarray(0, end), trust)).to.match(/^TIMESTAMP_/)
      expect(codeOf(concatBytes(token, Uint8Array.of(0)), trust)).to.equal('TIMESTAMP_FORM')
    }
    this.timeout(60_000)
  })

  it('carry the parts of one token only', () => {
    const [a, b] = [vector('ec'), vector('byCms')]
    const trust = pinned(a.root, b.root)
    expect(codeOf(a.token, trust)).to.equal('none')
    // The certificate of another authority in this one's place, and this one's signature under another's content.
    const middle = Math.floor(a.token.length / 2)
    expect(codeOf(concatBytes(a.token.subarray(0, middle), b.token.subarray(middle)), trust)).to.match(/^TIMESTAMP_/)
  })

  it('of a running authority hold, and answer the query that was sent', function () {
    // The authority is OpenSSL's own; a machine may be without it.
    if (spawnSync('openssl', ['version']).status !== 0) this.skip()
    const tsa = new TestTsa({ key: 'rsa', intermediate: true })
    try {
      const query = timeStampQuery(message)
      const answer = tsa.answer(query.bytes)
      const { info } = verifyToken(readTimeStampAnswer(answer, query), message, pinned(tsa.root))
      expect(info.nonce).to.equal(query.nonce)
      expect(Math.abs(info.time.getTime() - Date.now())).to.be.lessThan(3_600_000)
      const code = (bytes: Uint8Array, asked = query) => {
        try {
          return toHex(readTimeStampAnswer(bytes, asked))
        } catch (error) {
          return (error as { code?: string }).code
        }
      }
      expect(code(answer, timeStampQuery(message))).to.equal('TIMESTAMP_IMPRINT')
      expect(code(answer, { ...timeStampQuery(message.subarray(1)), nonce: query.nonce })).to.equal('TIMESTAMP_IMPRINT')
      expect(code(fromHex('30053003020102'))).to.equal('TIMESTAMP_REFUSED')
      expect(code(new Uint8Array(0))).to.equal('TIMESTAMP_FORM')
    } finally {
      tsa.close()
    }
  })

  it('are not examined under a root that an organisation’s CA is, or that did not sign itself', () => {
    const certificate = network.organizations.AuditMSP.ca.der
    const trustOf = (roots: readonly (string | Uint8Array)[]) => () =>
      encodeTrust(network.trustFile({ timestamping: [{ name, roots }] }))
    expect(trustOf([certificate]))
      .to.throw()
      .with.property('code', 'TRUST_SHARED_ROOT')
    expect(trustOf([network.organizations.AuditMSP.peer.der]))
      .to.throw()
      .with.property('code', 'TRUST_CERTIFICATE')
    expect(trustOf([vector('ec').root, vector('ec').root]))
      .to.throw()
      .with.property('code', 'TRUST_INCONSISTENT')
  })
})
