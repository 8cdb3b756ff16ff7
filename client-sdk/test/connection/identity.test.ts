import { expect } from 'chai'
import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isLowS } from '@caizheng/fabric-wire'
import { loadIdentity } from '../../src/connection/identity.js'
import { loadProfile, type Profile } from '../../src/connection/profile.js'
import { opensslSigner } from '../../src/connection/signer.js'
import { codeOf, fixture } from '../support.js'

async function load(change: Partial<Profile> = {}, now?: Date) {
  const located = await loadProfile({
    kind: 'caizheng-profile',
    version: 1,
    channel: 'fiscal',
    mspId: 'FinanceMSP',
    gateway: '127.0.0.1:7051',
    certificate: fixture('user.pem'),
    privateKey: fixture('user.key'),
    organizations: ['FinanceMSP'],
    ...change,
  })
  return loadIdentity(located, now)
}

describe('identity', () => {
  it('is loaded from paths and from PEM text alike', async () => {
    const byPath = await load()
    const byText = await load({
      certificate: readFileSync(fixture('user.pem'), 'utf8'),
      privateKey: readFileSync(fixture('user.key'), 'utf8'),
    })
    expect(byPath.mspId).to.equal('FinanceMSP')
    expect(Buffer.from(byPath.certificatePem)).to.deep.equal(Buffer.from(byText.certificatePem))
  })

  const wrong: readonly (readonly [string, Partial<Profile>, string])[] = [
    ['a certificate that is not there', { certificate: 'absent.pem' }, 'CERTIFICATE_NOT_FOUND'],
    ['a key where a certificate belongs', { certificate: fixture('user.key') }, 'CERTIFICATE_INVALID'],
    ['an RSA certificate', { certificate: fixture('rsa.pem') }, 'CERTIFICATE_INVALID'],
    ['a key that is not there', { privateKey: 'absent.key' }, 'PRIVATE_KEY_NOT_FOUND'],
    ['a certificate where a key belongs', { privateKey: fixture('user.pem') }, 'PRIVATE_KEY_INVALID'],
    ["another's key", { privateKey: fixture('other.key') }, 'PRIVATE_KEY_MISMATCH'],
  ]
  for (const [name, change, code] of wrong) {
    it(`refuses ${name}`, async () => {
      expect((await codeOf(load(change))).code).to.equal(code)
    })
  }

  it('refuses a certificate before and after its time', async () => {
    const { certificate } = await load()
    const before = new Date(Date.parse(certificate.validFrom) - 1000)
    const after = new Date(Date.parse(certificate.validTo) + 1000)
    expect((await codeOf(load({}, before))).code).to.equal('CERTIFICATE_NOT_YET_VALID')
    expect((await codeOf(load({}, after))).code).to.equal('CERTIFICATE_EXPIRED')
  })

  it('signs with low S, every time, and verifiably', async () => {
    const key = createPrivateKey(readFileSync(fixture('user.key')))
    const sign = opensslSigner(key)
    // Half of OpenSSL's own signatures have a high S, so 40 in a row show the normalisation.
    for (let round = 0; round < 40; round++) {
      const message = Buffer.from(`message ${round}`)
      const signature = await sign(message)
      expect(isLowS(signature)).to.equal(true)
      expect(verify('sha256', message, createPublicKey(key), signature)).to.equal(true)
    }
  })
})
