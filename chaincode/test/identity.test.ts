import { expect } from 'chai'
import { X509Certificate } from 'node:crypto'
import { certificateParts } from '../src/identity/certificate.js'
import { sha256, submitterOf } from '../src/identity/submitter.js'
import { Refusal } from '../src/refusals/refusal.js'
import { fixture } from './proposal.js'

const pem = fixture('finance-user.pem')
const der = new Uint8Array(new X509Certificate(pem).raw)

describe('the submitter', () => {
  it("is the MSP id and the hashes of the certificate's names and public key", () => {
    const submitter = submitterOf({ getMSPID: () => 'FinanceMSP', getIDBytes: () => pem })
    // By OpenSSL: x509 -pubkey, pkey -pubin -outform DER; and asn1parse -strparse for issuer and subject.
    expect(submitter).to.deep.equal({
      msp: 'FinanceMSP',
      id: '7ccce7167149d4ff82288f226f62097bbdcb3ce46b7098a57fde34ce7cbe00cc',
      key: 'f2c0ca6b8529c65f412382375411bb5fd6e86024541ba65d142e4b2e202624db',
    })
  })

  it('has the public key that Node reads from the certificate', () => {
    const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
    expect(sha256(certificateParts(der).publicKey)).to.equal(sha256(spki))
  })

  it('is refused without a certificate', () => {
    const identity = { getMSPID: () => 'FinanceMSP', getIDBytes: () => Buffer.from('no certificate') }
    expect(() => submitterOf(identity))
      .to.throw(Refusal)
      .with.property('code', 'CERTIFICATE_UNREADABLE')
  })
})

describe('certificate parts', () => {
  it('are never read out of a certificate cut short', () => {
    for (let length = 0; length < der.length; length++) {
      expect(() => certificateParts(der.subarray(0, length)), `${length} bytes`).to.throw(RangeError)
    }
  })

  it('are never read out of other bytes', () => {
    for (const bytes of [
      [0x30, 0x80, 0, 0],
      [0x30, 0x84, 0, 0, 0, 1, 0],
      [0x31, 2, 0x30, 0],
      [0x30, 2, 0x30, 0],
    ]) {
      expect(() => certificateParts(Uint8Array.from(bytes))).to.throw(RangeError)
    }
  })
})
