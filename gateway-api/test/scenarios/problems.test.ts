import { randomBytes } from 'node:crypto'
import { connect as connectTo } from 'node:net'
import { expect } from 'chai'
import { problemCodes, type Gateway } from '../../src/index.js'
import { ask, digestsOf, form, particulars, post, type Answer } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { startCounty, type County } from '../support/network.js'

const limits = { file: 100_000, json: 2_000, evidence: 5_000 }
const boundary = 'xxxxxxxx'

/** A form by hand, for what no proper client sends. */
const part = (disposition: string, content: string, headers = ''): string =>
  `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${headers}\r\n${content}\r\n`
const documentPart = (value: unknown): string => part('name="document"', JSON.stringify(value))
const filePart = (content: string, headers = ''): string => part('name="file"; filename="a.pdf"', content, headers)
const end = `--${boundary}--\r\n`

describe('problems', function () {
  this.timeout(20_000)
  let county: County
  let gateway: Gateway
  const gateways = new Gateways(() => county, temporaryFolders())

  before(async () => {
    county = await startCounty()
    gateway = await gateways.start({ limits })
  })

  after(async () => {
    await gateways.closeAll()
    await county.stop()
  })

  const get = (path: string, init?: RequestInit): Promise<Answer> => ask(gateway.url, path, init)
  const raw = (
    body: string,
    type = `multipart/form-data; boundary=${boundary}`,
    path = '/v1/documents',
  ): Promise<Answer> => get(path, { method: 'POST', body, headers: { 'Content-Type': type } })

  function expectProblem(answer: Answer, code: keyof typeof problemCodes): void {
    expect(answer.body, JSON.stringify(answer.body)).to.include({ code, status: problemCodes[code] })
    expect(answer.status).to.equal(problemCodes[code])
    expect(answer.body['type']).to.equal(`urn:caizheng:problem:${code}`)
  }

  it('404 for what there is not, also below a route', async () => {
    for (const path of [
      '/nothing',
      '/v1',
      '/v1/documents/',
      '/v1/verifications/1',
      '/V1/network/x',
      '/.git/config',
      '/package.json',
    ]) {
      const answer = await get(path)
      if (answer.status !== 200) expectProblem(answer, 'NOT_FOUND')
    }
    expectProblem(await get(`/v1/documents/${'0'.repeat(64)}`), 'DOCUMENT_UNKNOWN')
    expectProblem(await get(`/v1/documents/${'0'.repeat(64)}/evidence`), 'DOCUMENT_UNKNOWN')
    expectProblem(await get(`/v1/submissions/${'0'.repeat(64)}`), 'SUBMISSION_UNKNOWN')
  })

  it('405 with the methods there are', async () => {
    const answer = await get('/v1/documents', { method: 'DELETE' })
    expectProblem(answer, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).to.equal('GET, HEAD, OPTIONS, POST')
    expectProblem(await get('/livez', { method: 'POST' }), 'METHOD_NOT_ALLOWED')
    const options = await fetch(new URL('/v1/verifications', gateway.url), { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).to.deep.equal([204, 'OPTIONS, POST'])
    expect((await fetch(new URL('/v1/documents', gateway.url), { method: 'HEAD' })).status).to.equal(200)
  })

  it('406 where the answer would not be accepted', async () => {
    expectProblem(await get('/v1/documents', { headers: { Accept: 'text/html' } }), 'NOT_ACCEPTABLE')
    expect((await get('/v1/documents', { headers: { Accept: 'text/html, */*;q=0.1' } })).status).to.equal(200)
  })

  it('415 for another type of body, or none', async () => {
    const answer = await raw('a=b', 'application/x-www-form-urlencoded')
    expectProblem(answer, 'UNSUPPORTED_MEDIA_TYPE')
    expect(answer.headers.get('accept-post')).to.equal('multipart/form-data, application/json')
    expectProblem(await get('/v1/documents', { method: 'POST' }), 'UNSUPPORTED_MEDIA_TYPE')
  })

  it('400 for parameters that are not what they must be', async () => {
    const paths = [
      '/v1/documents?limit=0',
      '/v1/documents?limit=201',
      '/v1/documents?limit=1e2',
      '/v1/documents?limit=1&limit=2',
      '/v1/documents?before=-1',
      '/v1/documents?type=Contract',
      '/v1/documents?project=1',
      '/v1/documents?projekt=2303-331003-04-01-000001',
      '/v1/documents/xyz',
      `/v1/documents/${'0'.repeat(64)}?x=1`,
      `/v1/documents/${'0'.repeat(64)}/evidence?anchor=1`,
      '/v1/submissions/1',
    ]
    for (const path of paths) expectProblem(await get(path), 'INVALID_PARAMETER')
    expectProblem(await post(gateway.url, '/v1/documents?wait=61', form({}, randomBytes(1))), 'INVALID_PARAMETER')
  })

  it('400 for a path that is not percent-encoding', async () => {
    expectProblem(await get('/v1/documents/%E0%A4%A'), 'MALFORMED_REQUEST')
  })

  it('400 for JSON that is none', async () => {
    for (const body of ['', '{', '\u0000', '{"a":1}}'])
      expectProblem(await raw(body, 'application/json'), 'MALFORMED_REQUEST')
    const latin = await get('/v1/documents', {
      method: 'POST',
      body: Buffer.from('{"number":"\xe9"}', 'latin1'),
      headers: { 'Content-Type': 'application/json' },
    })
    expectProblem(latin, 'MALFORMED_REQUEST')
  })

  it('400 for a form that two readers could read in two ways', async () => {
    const good = documentPart(particulars('P-1'))
    const forms = {
      'no boundary': ['x', 'multipart/form-data'],
      'an unknown part': [good + filePart('x') + part('name="extra"', '1') + end],
      'an unknown file': [good + part('name="other"; filename="b"', 'x') + filePart('x') + end],
      'two files': [good + filePart('x') + filePart('y') + end],
      'two documents': [good + good + filePart('x') + end],
      'a document as field and file': [good + part('name="document"; filename="m.json"', '{}') + filePart('x') + end],
      base64: [good + filePart('eA==', 'Content-Transfer-Encoding: base64\r\n') + end],
      'the file as a field': [good + part('name="file"', 'x') + end],
      'broken headers': [good + `--${boundary}\r\nContent Disposition\r\n\r\nx\r\n` + end],
      'no end': [good + filePart('x')],
      'document not JSON': [part('name="document"', 'not json') + filePart('x') + end],
    }
    for (const [name, [body, type]] of Object.entries(forms)) {
      const answer = await raw(body ?? '', type)
      expect(answer.body['code'], name).to.equal('MALFORMED_REQUEST')
    }
    expect((await get('/v1/documents')).body['documents']).to.deep.equal([])
  })

  it('413 beyond a limit, and not at it', async () => {
    const over = await post(gateway.url, '/v1/documents', form(particulars('P-2'), randomBytes(limits.file + 1)))
    expectProblem(over, 'PAYLOAD_TOO_LARGE')
    const much = await post(gateway.url, '/v1/documents', form(particulars('P-2'), randomBytes(5_000_000)))
    expectProblem(much, 'PAYLOAD_TOO_LARGE')
    const at = await post(gateway.url, '/v1/documents?wait=20', form(particulars('P-2'), randomBytes(limits.file)))
    expect(at.status).to.equal(201)
    const json = JSON.stringify(particulars('x'.repeat(limits.json)))
    expectProblem(await raw(json, 'application/json'), 'PAYLOAD_TOO_LARGE')
    expectProblem(
      await raw(documentPart(particulars('x'.repeat(limits.json))) + filePart('x') + end),
      'PAYLOAD_TOO_LARGE',
    )
    const evidence = part('name="evidence"; filename="e.json"', 'x'.repeat(limits.evidence + 1)) + filePart('x') + end
    expectProblem(await raw(evidence, undefined, '/v1/verifications'), 'PAYLOAD_TOO_LARGE')
  })

  it('422 with everything that is wrong, in one answer', async () => {
    const errorsOf = async (answer: Promise<Answer>): Promise<string[]> => {
      const { body } = await answer
      expect(body['code']).to.equal('INVALID_DOCUMENT')
      return (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()
    }
    const bytes = randomBytes(10)
    const wrong = particulars('', { project: 'x', type: 'Contract', issuer: '1', extra: 1 })
    expect(await errorsOf(post(gateway.url, '/v1/documents', form(wrong, bytes)))).to.include.members([
      '/project',
      '/type',
      '/number',
      '/issuer',
    ])
    expect(await errorsOf(post(gateway.url, '/v1/documents', {}))).to.include.members(['/project', '/size', '/digests'])
    for (const value of [[], null, 'x']) {
      expect(await errorsOf(post(gateway.url, '/v1/documents', form(value, bytes)))).to.deep.equal([''])
    }
    expect(await errorsOf(raw(filePart('x') + end))).to.deep.equal(['/document'])
    expect(await errorsOf(raw(documentPart(particulars('P-3')) + end))).to.deep.equal(['/file'])
    // Digests stated beside the file must be the file's: else it changed on the way.
    const stated = { ...particulars('P-3'), digests: digestsOf(randomBytes(10)), size: 11 }
    expect(await errorsOf(post(gateway.url, '/v1/documents', form(stated, bytes)))).to.deep.equal(['/digests', '/size'])
    expect(await errorsOf(post(gateway.url, '/v1/verifications', { digests: { sha256: 'x' } }))).to.deep.equal([
      '/digests',
    ])
  })

  it('speaks the reader’s language, and keeps the code', async () => {
    const read = (language: string): Promise<Answer> => get('/nothing', { headers: { 'Accept-Language': language } })
    const [zh, en, other] = await Promise.all([read('zh-CN,zh;q=0.9,en;q=0.8'), read('en-GB'), read('fr')])
    expect([zh.body['title'], zh.headers.get('content-language')]).to.deep.equal(['地址不存在', 'zh-CN'])
    expect([en.body['title'], other.body['title']]).to.deep.equal(['Not found', 'Not found'])
    expect(zh.headers.get('vary')).to.match(/Accept-Language/)
    expect(new Set([zh, en, other].map(({ body }) => body['code']))).to.deep.equal(new Set(['NOT_FOUND']))
  })

  it('takes nothing of an upload that breaks off', async () => {
    const bytes = 'x'.repeat(50_000)
    const body = documentPart(particulars('P-4')) + filePart(bytes)
    const { hostname, port } = new URL(gateway.url)
    const socket = connectTo(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write(
      `POST /v1/documents HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${body.length + end.length}\r\n\r\n${body.slice(0, 30_000)}`,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { sha256 } = digestsOf(Buffer.from(bytes))
    expectProblem(await get(`/v1/documents/${sha256}`), 'DOCUMENT_UNKNOWN')
    expect((await get('/livez')).status).to.equal(200)
  })
})
