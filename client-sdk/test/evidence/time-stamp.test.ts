import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { decodeEvidence, encodeTrust, openTrust, verify } from '@caizheng/evidence'
import { parseCertificate } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { requestTimeStamp, timeStampEvidence } from '../../src/index.js'
import { codeOf, repository } from '../support.js'

const CONFIGURATION = `[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = root.pem
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
`

/** A folder in which OpenSSL plays a time-stamping authority. */
function makeAuthority(folder: string): (query: Buffer) => Buffer {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content)
  }
  const issue = (name: string, extensions: string, by: string[]) => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
    openssl('req', '-new', ...key, '-subj', `/CN=${name}`, '-out', 'csr')
    write('extensions', extensions)
    openssl('x509', '-req', '-in', 'csr', '-days', '30', '-extfile', 'extensions', '-out', `${name}.pem`, ...by)
  }
  issue('root', 'basicConstraints=critical,CA:TRUE', ['-signkey', 'root.key'])
  const purpose = 'basicConstraints=critical,CA:FALSE\nextendedKeyUsage=critical,timeStamping'
  issue('tsa', purpose, ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'])
  write('tsa.cnf', CONFIGURATION)
  write('serial', '01\n')
  return (query) => {
    write('query', query)
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query', '-out', 'answer')
    return readFileSync(path.join(folder, 'answer'))
  }
}

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

  it('a running authority stamps an evidence file, which the trust file must pin', async function () {
    // The authority is OpenSSL's own; a machine may be without it. What needs none is tried above.
    if (spawnSync('openssl', ['version']).status !== 0) this.skip()
    this.timeout(30_000)
    const folder = mkdtempSync(path.join(tmpdir(), 'tsa-'))
    try {
      const stamp = makeAuthority(folder)
      const url = await serve((request, response) => {
        expect(request.headers['content-type']).to.equal('application/timestamp-query')
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => response.end(stamp(Buffer.concat(chunks))))
      })
      const sealed = (name: string) => readFileSync(repository(`evidence/test/fixtures/sealed/${name}`))
      const { file } = openTrust(sealed('trust.json'))
      const root = Buffer.from(parseCertificate(readFileSync(path.join(folder, 'root.pem'), 'utf8')).der)
      const ours = { name: { zh: '甲', en: 'ours' }, roots: [root.toString('base64')] }
      const trust = encodeTrust({ ...file, timestamping: [...(file.timestamping ?? []), ours] })
      const before = sealed('contract.txt.evidence.json')
      const stamped = await timeStampEvidence(before, trust, { url })
      expect(decodeEvidence(stamped).cosignatures).to.have.length(4)
      const report = verify(sealed('contract.txt'), stamped, trust)
      expect(report.proven?.timeStamps.map(({ name, over }) => [name.en, over])).to.deep.include(['ours', 'receipt'])
      const refused = await codeOf(timeStampEvidence(before, sealed('trust.json'), { url }))
      expect(refused.code).to.equal('TIMESTAMP_REJECTED')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
