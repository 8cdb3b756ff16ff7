import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { Writable } from 'node:stream'
import { expect } from 'chai'
import { pino } from 'pino'
import { GatewayError, type GatewayOptions } from '../../src/index.js'
import { ask, form, particulars, post } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { startCounty, type County } from '../support/network.js'

const token = 'a-token-of-thirty-two-characters'

describe('who may use a gateway', function () {
  this.timeout(20_000)
  let county: County
  const folder = temporaryFolders()
  const gateways = new Gateways(() => county, folder)

  before(async () => {
    county = await startCounty()
  })

  after(async () => {
    await gateways.closeAll()
    await county.stop()
  })

  async function codeOf(options: Partial<GatewayOptions> & { department?: string }): Promise<string> {
    try {
      await (await gateways.start(options)).close()
      return 'none'
    } catch (error) {
      if (error instanceof GatewayError) return error.code
      throw error
    }
  }

  /** fetch sets Host and Origin by itself, so these go by hand. */
  const status = (url: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      const outgoing = request(new URL('/v1/network', url), { method, headers, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      outgoing.on('error', reject)
      outgoing.end()
    })

  it('starts beyond this machine only with a token, and not with a short one', async () => {
    expect(await codeOf({ host: '0.0.0.0' })).to.equal('TOKEN_REQUIRED')
    expect(await codeOf({ host: '::' })).to.equal('TOKEN_REQUIRED')
    expect(await codeOf({ token: 'short' })).to.equal('TOKEN_TOO_SHORT')
    expect(await codeOf({ host: '127.0.0.1' })).to.equal('none')
    expect(await codeOf({ host: 'localhost' })).to.equal('none')
  })

  it('says what is in the way: port, address, folder, trust file', async () => {
    const gateway = await gateways.start()
    expect(await codeOf({ port: Number(new URL(gateway.url).port) })).to.equal('PORT_IN_USE')
    expect(await codeOf({ host: '203.0.113.1', token })).to.equal('ADDRESS_UNAVAILABLE')
    expect(await codeOf({ directory: gateway.directory })).to.equal('DIRECTORY_IN_USE')
    expect(await codeOf({ trust: `${gateway.directory}/none.json` })).to.equal('TRUST_UNUSABLE')
    expect(await codeOf({ trust: Buffer.from('{}') })).to.equal('TRUST_UNUSABLE')
    await gateway.close()
    expect(await codeOf({ directory: gateway.directory, department: 'AuditMSP' })).to.equal('DIRECTORY_OF_ANOTHER')
    expect(await codeOf({ directory: gateway.directory })).to.equal('none')
  })

  it('asks for the token everywhere but at the probes and the page', async () => {
    const { url } = await gateways.start({ token })
    const with_ = (value: string) => ask(url, '/v1/documents', { headers: { Authorization: value } })
    for (const wrong of ['', 'Bearer', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token]) {
      const answer = await with_(wrong)
      expect([answer.status, answer.body['code']], wrong).to.deep.equal([401, 'UNAUTHORIZED'])
      expect(answer.headers.get('www-authenticate')).to.match(/^Bearer/)
    }
    expect((await with_(`Bearer ${token}`)).status).to.equal(200)
    expect((await with_(`bearer ${token}`)).status).to.equal(200)
    expect((await post(url, '/v1/documents', form(particulars('S-1'), randomBytes(2_000_000)))).status).to.equal(401)
    expect((await ask(url, '/livez')).status).to.equal(200)
    expect([200, 503]).to.include((await ask(url, '/readyz')).status)
    // With a token the name under which it is reached is the operator's affair.
    expect(await status(url, { Host: 'anchors.example', Authorization: `Bearer ${token}` })).to.equal(200)
  })

  it('answers browsers for its own page only', async () => {
    const { url } = await gateways.start()
    const { host } = new URL(url)
    expect(await status(url, { Host: host, Origin: `http://${host}` })).to.equal(200)
    expect(await status(url, { Host: host, Origin: 'https://evil.example' }, 'POST')).to.equal(403)
    expect(await status(url, { Host: host, Origin: 'null' })).to.equal(403)
    // A name that was pointed at 127.0.0.1 would make a foreign page "its own".
    expect(await status(url, { Host: 'evil.example', Origin: 'http://evil.example' })).to.equal(421)
    expect(await status(url, { Host: `localhost:${new URL(url).port}` })).to.equal(200)
  })

  it('sends strict headers', async () => {
    const { url } = await gateways.start()
    const { headers } = await ask(url, '/v1/network')
    expect(headers.get('content-security-policy')).to.match(/^default-src 'none';script-src 'self';style-src 'self'/)
    expect(headers.get('content-security-policy')).to.not.match(/unsafe/)
    expect(headers.get('x-content-type-options')).to.equal('nosniff')
    expect(headers.get('x-frame-options')).to.equal('DENY')
    expect(headers.get('referrer-policy')).to.equal('no-referrer')
    expect(headers.has('x-powered-by')).to.equal(false)
    expect(headers.has('access-control-allow-origin')).to.equal(false)
    expect((await ask(url, '/nothing')).headers.get('cache-control')).to.equal('no-store')
  })

  it('logs no token and no particulars', async () => {
    const lines: string[] = []
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString())
        done()
      },
    })
    const { url } = await gateways.start({ token, logger: pino({ level: 'trace' }, sink) })
    const headers = { Authorization: `Bearer ${token}` }
    await ask(url, `/v1/documents?token=${token}`, { headers })
    await ask(url, '/v1/documents?wait=10', {
      method: 'POST',
      body: form(particulars('SECRET-NUMBER'), randomBytes(9)),
      headers,
    })
    await ask(url, '/v1/documents', {
      method: 'POST',
      body: '{"number":"SECRET-NUMBER"',
      headers: { ...headers, 'Content-Type': 'application/json' },
    })
    const log = lines.join('')
    expect(log).to.match(/"status":201/)
    expect(log).to.not.include(token)
    expect(log).to.not.include('SECRET-NUMBER')
  })
})
