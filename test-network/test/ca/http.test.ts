import { connect } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import { asPem, basic, send, signingRequest, token } from './raw.js'
import { cas, type User } from './support.js'

const RESOURCES = ['cainfo', 'enroll', 'reenroll', 'register', 'revoke', 'gencrl', 'identities', 'affiliations']

describe("the CA's HTTP", function () {
  this.timeout(60_000)
  const running = cas()
  const url = () => running.of('FinanceMSP').running.url
  let admin: User
  beforeEach(async () => {
    admin = await running.of('FinanceMSP').registrar()
  })

  /** A request as the administrator, with a body of any kind. */
  const asAdmin = (method: string, path: string, body: string | Uint8Array = '') =>
    send(url(), method, path, body, { authorization: token(admin, method, path, body) })

  const stillAnswers = async () => {
    const { status, body } = await send(url(), 'POST', '/api/v1/cainfo', '{}')
    expect({ status, success: body.success }).to.deep.equal({ status: 200, success: true })
  }

  it("answers in fabric-ca's envelope, success and failure alike", async () => {
    const good = await asAdmin('POST', '/api/v1/register', JSON.stringify({ id: 'a' }))
    expect(good.status).to.equal(201)
    expect(Object.keys(good.body)).to.have.members(['result', 'errors', 'messages', 'success'])
    expect(good.body).to.deep.include({ success: true, errors: [] })
    const bad = await asAdmin('POST', '/api/v1/register', JSON.stringify({ id: 'a' }))
    expect(bad.status).to.equal(409)
    const errors = [{ code: 74, message: "Identity 'a' is already registered" }]
    expect(bad.body).to.deep.equal({ result: '', errors, messages: [], success: false })
  })

  const refusals: [string, string, string, number, number][] = [
    ['another method', 'PATCH', '/api/v1/enroll', 405, 1],
    ['a method of another resource', 'DELETE', '/api/v1/register', 405, 1],
    ["an object's own method", 'constructor', '/api/v1/enroll', 400, 50],
    ['another path', 'GET', '/', 404, 50],
    ['an unknown resource', 'POST', '/api/v1/teleport', 404, 50],
    ["an object's own property", 'GET', '/api/v1/__proto__', 404, 50],
    ['a longer path', 'GET', '/api/v1/identities/a/b', 404, 50],
    ['an empty name', 'GET', '/api/v1/identities/', 404, 50],
    ['a path that is not encoded', 'GET', '/api/v1/identities/%E0%A4%A', 404, 50],
    ['no authorization', 'POST', '/api/v1/register', 401, 2],
  ]
  for (const [what, method, path, status, code] of refusals) {
    it(`refuses ${what}`, async () => {
      // Node's client has no way to send an unknown method; a socket has
      const answer =
        method === 'constructor'
          ? await sendText(`${method} ${path} HTTP/1.1\r\nhost: x\r\n\r\n`)
          : await send(url(), method, path)
      expect(answer.status).to.equal(status)
      expect(answer.body.errors[0]?.code).to.equal(code)
    })
  }

  /** Sends text over a bare connection and reads the answer. */
  const sendText = (text: string): Promise<{ status: number; body: { errors: { code: number }[] } }> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(url()).port), '127.0.0.1', () => socket.write(text, 'latin1'))
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString()
      })
      socket.on('error', reject)
      socket.on('close', () => {
        const [head = '', body = ''] = answer.split('\r\n\r\n')
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
        resolve({ status, body: JSON.parse(body) as { errors: { code: number }[] } })
      })
    })

  it('answers what is not HTTP, and headers without end, and hangs up', async () => {
    for (const text of ['\x16\x03\x01\x00\xf1 hello\r\n\r\n', `GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`]) {
      expect((await sendText(text)).body.errors[0]?.code).to.equal(50)
    }
    await stillAnswers()
  })

  it('reads no more of a body than 64 KiB', async () => {
    const inside = JSON.stringify({ id: 'a' }).padEnd(64 * 1024)
    expect((await asAdmin('POST', '/api/v1/register', inside)).status).to.equal(201)
    const beyond = JSON.stringify({ id: 'b' }).padEnd(64 * 1024 + 1)
    expect((await asAdmin('POST', '/api/v1/register', beyond)).status).to.equal(413)
    // A body that says nothing of its length, and goes on
    const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`
    const head = 'POST /api/v1/register HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n'
    expect((await sendText(head + chunk.repeat(20))).status).to.equal(413)
    await stillAnswers()
  })

  it('turns away a flood rather than keeping it in memory', async () => {
    const flood = Array.from({ length: 150 }, () =>
      send(url(), 'POST', '/api/v1/enroll', '{}', { authorization: basic('nobody', 'guess') }),
    )
    const statuses = new Set((await Promise.all(flood)).map(({ status }) => status))
    expect([...statuses].sort()).to.deep.equal([401, 503])
    await stillAnswers()
  })

  it('believes a token only for the request that it was made for', async () => {
    const path = '/api/v1/register'
    const body = JSON.stringify({ id: 'mole' })
    const good = token(admin, 'POST', path, body)
    const [certificate = '', signature = ''] = good.split('.')
    const other = token(await running.of('FinanceMSP').registrar('gateway'), 'POST', path, body).split('.')
    const attempts: [string, string, string, string][] = [
      ['another body', 'POST', path, JSON.stringify({ id: 'mole', type: 'admin' })],
      ['another path', 'POST', '/api/v1/identities', body],
      ['a query added', 'POST', `${path}?ca=ca.finance.fiscal.test`, body],
      ['another method', 'GET', '/api/v1/identities', ''],
    ]
    for (const [what, method, uri, content] of attempts) {
      const { status, body: answer } = await send(url(), method, uri, content, { authorization: good })
      expect({ status, code: answer.errors[0]?.code }, what).to.deep.equal({ status: 401, code: 20 })
    }
    const tokens = [
      `${certificate}.${other[1] ?? ''}`,
      `${other[0] ?? ''}.${signature}`,
      `${certificate}.`,
      certificate,
      `${good}.${signature}`,
      `.${signature}`,
      'Bearer x',
      `${Buffer.from('not a certificate').toString('base64')}.${signature}`,
    ]
    for (const authorization of tokens) {
      const { status, body: answer } = await send(url(), 'POST', path, body, { authorization })
      expect({ status, code: answer.errors[0]?.code }, authorization).to.deep.equal({ status: 401, code: 20 })
    }
    expect((await send(url(), 'POST', path, body, { authorization: good })).status).to.equal(201)
  })

  it('refuses a certificate of the same CA that it did not enroll', async () => {
    // Issued beside the CA's own book: nobody could revoke it there
    const { certificatePem, privateKeyPem } = running.consortium().issue('FinanceMSP', { name: 'admin', role: 'admin' })
    const { User } = (await import('fabric-common')).default
    const stranger = User.createUser('admin', '', 'FinanceMSP', certificatePem, privateKeyPem)
    const body = JSON.stringify({ id: 'mole' })
    const authorization = token(stranger, 'POST', '/api/v1/register', body)
    expect((await send(url(), 'POST', '/api/v1/register', body, { authorization })).status).to.equal(401)
  })

  it('certifies only who is asked for, and only keys of the curve P-256', async () => {
    const { body } = await asAdmin('POST', '/api/v1/register', JSON.stringify({ id: 'clerk', max_enrollments: 9 }))
    const authorization = basic('clerk', (body.result as { secret: string }).secret)
    const enroll = async (request: object) => {
      const answer = await send(url(), 'POST', '/api/v1/enroll', JSON.stringify(request), { authorization })
      return [answer.status, answer.body.errors[0]?.code]
    }
    const request = (options: Parameters<typeof signingRequest>[0]) => ({
      certificate_request: asPem(signingRequest(options)),
    })
    expect(await enroll(request({}))).to.deep.equal([201, undefined])
    expect(await enroll(request({ commonNames: ['admin'] }))).to.deep.equal([403, 77])
    expect(await enroll(request({ stolen: true }))).to.deep.equal([400, 31])
    expect(await enroll(request({ curve: 'P-384' }))).to.deep.equal([400, 80])
    expect(await enroll(request({ authority: true }))).to.deep.equal([403, 71])
    expect(await enroll({ ...request({}), profile: 'tls' })).to.deep.equal([400, 31])
    expect(await enroll({})).to.deep.equal([400, 31])
  })

  it('answers any body at any resource, and goes on', async () => {
    const field = fc.oneof(
      fc.constantFrom('id', 'type', 'attrs', 'secret', 'max_enrollments', 'affiliation', 'caname', 'aki', 'serial'),
      fc.constantFrom('certificate_request', 'attr_reqs', 'profile', 'reason', 'gencrl', 'revokedafter', 'name'),
    )
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('admin', 'client', '.', '-1', -1, 0, 1e300, null, '\u0000'))
    const object = fc.dictionary(field, value).map((it) => Buffer.from(JSON.stringify(it)))
    const bytes = fc.uint8Array({ maxLength: 200 }).map((it) => Buffer.from(it))
    const deep = fc.nat(30_000).map((depth) => Buffer.from('['.repeat(depth)))
    const name = fc.oneof(fc.constant(''), fc.constantFrom('/admin', '/gateway', '/%00', '?ca=x', '/a?force=maybe'))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
        fc.constantFrom(...RESOURCES),
        name,
        fc.oneof(object, bytes, deep),
        async (method, resource, more, body) => {
          // An administrator that revoked itself could ask nothing more
          fc.pre(!(resource === 'revoke' && body.includes('admin')) && !(method === 'DELETE' && more === '/gateway'))
          const { status, body: answer } = await asAdmin(method, `/api/v1/${resource}${more}`, body)
          expect(status).to.be.within(200, 499)
          expect(answer.errors).to.have.length(answer.success ? 0 : 1)
          expect(answer.success).to.equal(status < 400)
        },
      ),
      { numRuns: 400 },
    )
    await stillAnswers()
  })

  it('answers any authorization', async () => {
    const part = fc.oneof(fc.base64String({ maxLength: 60 }), fc.constantFrom('', 'Basic ', 'admin', '.', ':'))
    const header = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('')),
      fc.base64String({ maxLength: 60 }).map((text) => `Basic ${text}`),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('enroll', 'register', 'identities'), header, async (resource, authorization) => {
        const { status } = await send(url(), 'POST', `/api/v1/${resource}`, '{}', { authorization })
        expect(status).to.equal(401)
      }),
      { numRuns: 100 },
    )
    await stillAnswers()
  })
})
