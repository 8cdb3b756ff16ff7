import { expect } from 'chai'
import fc from 'fast-check'
import { readSigningRequest } from '../../src/ca/csr.js'
import { CaError } from '../../src/ca/errors.js'
import { asPem, signingRequest, type RequestOptions } from './raw.js'

const BAD_CSR = 31

/** The code with which a request is refused; undefined where it is taken. Anything but a CaError fails the test. */
function verdict(pem: string): number | undefined {
  try {
    readSigningRequest(pem)
    return undefined
  } catch (error) {
    if (error instanceof CaError) return error.code
    throw error
  }
}

describe('reading a signing request', () => {
  it('takes what OpenSSL and jsrsasign write', () => {
    for (const label of ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']) {
      const { commonName, publicKey } = readSigningRequest(`\n${asPem(signingRequest(), label)}\n`)
      expect(commonName).to.equal('clerk')
      expect(publicKey).to.have.length(91)
    }
    expect(readSigningRequest(asPem(signingRequest({ commonNames: ['张三'] }))).commonName).to.equal('张三')
  })

  const refused: [string, RequestOptions][] = [
    ['no common name', { commonNames: [] }],
    ['two common names', { commonNames: ['clerk', 'admin'] }],
    ["a key that isn't the sender's", { stolen: true }],
    ['another version', { version: 1 }],
  ]
  for (const [what, options] of refused) {
    it(`refuses ${what}`, () => {
      expect(verdict(asPem(signingRequest(options)))).to.equal(BAD_CSR)
    })
  }

  it('refuses to make an authority', () => {
    expect(verdict(asPem(signingRequest({ authority: true })))).to.equal(71)
  })

  it('refuses what is no request at all', () => {
    const der = signingRequest()
    const texts = ['', 'x', asPem(der, 'CERTIFICATE'), asPem(new Uint8Array(0)), asPem(Buffer.concat([der, der]))]
    for (const text of texts) expect(verdict(text)).to.equal(BAD_CSR)
  })

  it('refuses every flipped bit: all of it is signed or is the signature', () => {
    const der = signingRequest()
    for (let bit = 0; bit < der.length * 8; bit += 1) {
      const damaged = Buffer.from(der)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(verdict(asPem(damaged)), `bit ${String(bit)}`).to.equal(BAD_CSR)
    }
  })

  it('refuses every beginning and any bytes, without another error', () => {
    const der = signingRequest()
    for (let length = 0; length < der.length; length += 1) {
      expect(verdict(asPem(der.subarray(0, length)))).to.equal(BAD_CSR)
    }
    const nested = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from([0x30]), bytes]))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), nested), (bytes) => verdict(asPem(bytes)) === BAD_CSR),
    )
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => verdict(text) === BAD_CSR))
  })
})
