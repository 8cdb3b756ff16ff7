import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import {
  createMsp,
  decode,
  FabricMSPConfig,
  IdentityError,
  isLowS,
  MSPConfig,
  parseCertificate,
  verifyP256,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { Authority, type NodeRole } from '../../src/consortium/index.js'
import { mspConfig } from '../../src/consortium/msp-config.js'
import { identityOf, inMemory, NOW, refusal } from './support.js'

const spki = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'der' })

describe('certificates', () => {
  const { consortium, config } = inMemory()
  const finance = () => consortium().organizations.get('FinanceMSP') ?? expect.fail('no FinanceMSP')
  const mspOf = (organization = finance()) =>
    createMsp(decode(FabricMSPConfig, decode(MSPConfig, mspConfig(organization)).config))

  it('gives every organisation a root for identities and another for TLS', () => {
    const all = [...consortium().organizations.values(), ...consortium().ordererOrganizations.values()]
    const roots = all.flatMap(({ ca, tlsCa }) => [ca, tlsCa])
    expect(new Set(roots.map(({ certificatePem }) => certificatePem)).size).to.equal(24)
    for (const { certificatePem } of roots) {
      const root = new X509Certificate(certificatePem)
      expect(root.ca).to.equal(true)
      expect(root.verify(root.publicKey)).to.equal(true)
      expect(new Date(root.validTo).toISOString()).to.equal('2046-11-23T01:59:31.000Z')
    }
  })

  it('issues what Node reads as it was meant', () => {
    const peer = finance().peer ?? expect.fail('no peer')
    const root = new X509Certificate(finance().ca.certificatePem)
    const certificate = new X509Certificate(peer.certificatePem)
    expect(certificate.subject).to.equal('C=CN\nO=finance.fiscal.test\nOU=peer\nCN=peer0.finance.fiscal.test')
    expect(certificate.ca).to.equal(false)
    expect(certificate.checkIssued(root)).to.equal(true)
    expect(certificate.verify(root.publicKey)).to.equal(true)
    expect(certificate.verify(new X509Certificate(finance().tlsCa.certificatePem).publicKey)).to.equal(false)
    // Five minutes before, so that a clock that is a little behind accepts it
    expect(new Date(certificate.validFrom).toISOString()).to.equal('2026-11-23T01:59:31.000Z')
    expect(new Date(certificate.validTo).toISOString()).to.equal('2036-11-23T01:59:31.000Z')
  })

  it('links a certificate to its authority by key identifiers', () => {
    const leaf = parseCertificate(finance().user.certificatePem)
    const root = parseCertificate(finance().ca.certificatePem)
    expect(leaf.authorityKeyId).to.deep.equal(root.subjectKeyId)
    expect(leaf.subjectKeyId).to.have.length(32)
    expect(leaf.mayCertify).to.equal(false)
    expect(root.mayCertify).to.equal(true)
    expect(leaf.unknownCritical).to.deep.equal([])
  })

  it('gives a node a TLS certificate for all its names', () => {
    const { tls, name } = finance().peer ?? expect.fail('no peer')
    const certificate = new X509Certificate(tls.certificatePem)
    for (const host of [name, 'localhost']) expect(certificate.checkHost(host)).to.equal(host)
    for (const address of ['127.0.0.1', '::1']) expect(certificate.checkIP(address)).to.equal(address)
    expect(certificate.checkHost('peer0.audit.fiscal.test')).to.equal(undefined)
    expect(certificate.keyUsage).to.deep.equal(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  })

  it('writes IPv6 addresses of every form', () => {
    const hosts = ['2001:db8::17', '::ffff:192.0.2.1', 'fe80::', '2001:db8:1:2:3:4:5:6']
    const certificate = new X509Certificate(finance().tlsCa.issueTls('node', hosts).certificatePem)
    for (const host of hosts) expect(certificate.checkIP(host), host).to.equal(host)
    expect(certificate.checkIP('2001:db8::18')).to.equal(undefined)
  })

  for (const role of ['client', 'peer', 'admin', 'orderer'] satisfies NodeRole[]) {
    it(`is a valid ${role} to the organisation's MSP`, () => {
      const { certificatePem } = consortium().issue('FinanceMSP', { name: 'someone', role })
      const identity = mspOf().validate(Buffer.from(certificatePem), NOW)
      expect(identity.role).to.equal(role)
      expect(identity.isAdmin).to.equal(role === 'admin')
    })
  }

  it('is refused by another organisation, and from the TLS root', () => {
    const audit = mspOf(consortium().organizations.get('AuditMSP'))
    const untrusted = (pem: string, msp: ReturnType<typeof mspOf>) =>
      expect(() => msp.validate(Buffer.from(pem), NOW))
        .to.throw(IdentityError)
        .with.property('code', 'UNTRUSTED')
    untrusted(finance().user.certificatePem, audit)
    untrusted(finance().peer?.tls.certificatePem ?? '', mspOf())
  })

  it('expires when it was asked to', () => {
    const notAfter = new Date(NOW.getTime() + 60_000)
    const { certificatePem } = consortium().issue('BankMSP', { name: 'teller', role: 'client', notAfter })
    const msp = mspOf(consortium().organizations.get('BankMSP'))
    const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
    expect(msp.validate(Buffer.from(certificatePem), at(60)).role).to.equal('client')
    expect(() => msp.validate(Buffer.from(certificatePem), at(61)))
      .to.throw(IdentityError)
      .with.property('code', 'EXPIRED')
  })

  it('carries attributes where fabric-ca writes them', () => {
    const attributes = { role: 'chief-supervision-engineer', 单位: '监理一' }
    const { certificatePem } = consortium().issue('PartiesMSP', { name: 'p-81', role: 'client', attributes })
    const extension = parseCertificate(certificatePem).extensions.get('1.2.3.4.5.6.7.8.1')
    expect(extension?.critical).to.equal(false)
    expect(JSON.parse(Buffer.from(extension?.value ?? []).toString())).to.deep.equal({ attrs: attributes })
    expect(parseCertificate(finance().user.certificatePem).extensions.has('1.2.3.4.5.6.7.8.1')).to.equal(false)
  })

  it('has 128 random bits for a serial number, and low-S signatures throughout', () => {
    const issued = Array.from({ length: 64 }, (_, i) =>
      consortium().issue('TaxMSP', { name: `t-${i}`, role: 'client' }),
    )
    const serials = new Set(issued.map(({ certificatePem }) => new X509Certificate(certificatePem).serialNumber))
    expect(serials.size).to.equal(64)
    expect(Math.max(...[...serials].map(({ length }) => length))).to.equal(32)
    // Half of all unnormalised signatures have a high S: 64 low ones by chance are out of the question
    for (const { certificatePem } of issued) {
      expect(isLowS(parseCertificate(certificatePem).signed.signature)).to.equal(true)
    }
  })

  it('certifies a key that its holder keeps, of P-256 only', async () => {
    const key = spki('P-256')
    const certificate = new X509Certificate(finance().ca.certify(key, { name: 'keeper', role: 'client' }))
    expect(certificate.publicKey.export({ type: 'spki', format: 'der' })).to.deep.equal(key)
    for (const unfit of [spki('P-384'), Buffer.from('no key')]) {
      await refusal('CERTIFICATE_REFUSED', () => finance().ca.certify(unfit, { name: 'keeper', role: 'client' }))
    }
  })

  it('refuses names and times that cannot be', async () => {
    const year = (at: number) => new Date(Date.UTC(at, 0, 1))
    const requests = [
      { name: '' },
      { name: 'x'.repeat(65) },
      { name: 'line\nbreak' },
      { name: 'early', notBefore: year(2020) },
      { name: 'backwards', notBefore: year(2030), notAfter: year(2029) },
    ]
    for (const request of requests) {
      await refusal('CERTIFICATE_REFUSED', () => finance().ca.issue({ role: 'client', ...request }))
    }
    await refusal('ORGANIZATION_UNKNOWN', () => consortium().issue('NobodyMSP', { name: 'n', role: 'client' }))
  })

  it('never outlives its authority, also beyond 2049', () => {
    const options = { organization: 'long.test', identityYears: 40, now: () => NOW }
    const authority = Authority.create('ca.long.test', 30, options)
    const leaf = authority.issue({ name: 'heir', role: 'client', notAfter: new Date('2070-01-01T00:00:00Z') })
    for (const pem of [authority.certificatePem, leaf.certificatePem]) {
      expect(parseCertificate(pem).notAfter.toISOString()).to.equal('2056-11-23T01:59:31.000Z')
      expect(new Date(new X509Certificate(pem).validTo).toISOString()).to.equal('2056-11-23T01:59:31.000Z')
    }
  })

  it('signs what its certificate verifies', () => {
    const { creator, sign, certificatePem } = finance().peer ?? expect.fail('no peer')
    const message = Buffer.from('节点复核')
    const { publicKey } = parseCertificate(certificatePem)
    for (let i = 0; i < 32; i++) {
      const signature = sign(message)
      expect(isLowS(signature)).to.equal(true)
      expect(verifyP256(publicKey ?? new Uint8Array(), message, signature)).to.equal(true)
      expect(verifyP256(publicKey ?? new Uint8Array(), Buffer.from('节点复核。'), signature)).to.equal(false)
    }
    expect(identityOf(config(), creator).role).to.equal('peer')
  })
})
