import * as x509 from './support/x509.js'
import { expect } from 'chai'
import {
  createMsp,
  decodePem,
  encodePem,
  equalBytes,
  identify,
  IdentityError,
  parseCertificate,
  toHex,
  type Identity,
  type IdentityErrorCode,
} from '../src/index.js'
import { issue, mspConfig, pem, revoke, type Issued } from './support/authority.js'
import { fixture, fixtureText, genesisConfig, recordedBlock } from './support/fixtures.js'
import { parseTransaction } from '../src/index.js'

function codeOf(action: () => unknown): IdentityErrorCode | undefined {
  try {
    action()
  } catch (error) {
    if (error instanceof IdentityError) return error.code
    throw error
  }
  return undefined
}

const DAY = 24 * 3600 * 1000
const now = new Date()

describe('certificates', () => {
  it('are read as they were issued', () => {
    const text = fixtureText('chain/certs/peer0.finance.fiscal.test-cert.pem')
    const certificate = parseCertificate(text)
    expect(certificate.subject).to.equal('C=US, ST=California, L=San Francisco, OU=peer, CN=peer0.finance.fiscal.test')
    expect(certificate.commonName).to.equal('peer0.finance.fiscal.test')
    expect(certificate.ou).to.deep.equal(['peer'])
    expect(certificate.serial).to.equal('ad2366088cdc6419859b6c4c4dd79517')
    expect(certificate.isCa).to.be.false
    expect(certificate.publicKey?.curve).to.equal('P-256')
    const reference = new x509.X509Certificate(text)
    expect(toHex(certificate.spki)).to.equal(toHex(new Uint8Array(reference.publicKey.rawData)))
    expect(certificate.notAfter).to.deep.equal(reference.notAfter)
    expect(parseCertificate(certificate.der).identity).to.equal(certificate.identity)
    expect(encodePem(certificate.der, 'CERTIFICATE')).to.equal(text)
  })

  it('of CAs say so', () => {
    const ca = parseCertificate(fixture('chain/msp/FinanceMSP/cacerts/ca.finance.fiscal.test-cert.pem'))
    expect(ca.isCa).to.be.true
    expect(ca.mayCertify).to.be.true
    expect(ca.subjectKeyId).to.have.length(32)
    expect(equalBytes(ca.subjectBytes, ca.issuerBytes)).to.be.true
  })

  it('must be one PEM block and nothing else', () => {
    const text = fixtureText('chain/certs/peer0.finance.fiscal.test-cert.pem')
    for (const variant of [`\n${text}`, `${text}\n`, text + text, text.replace('CERTIFICATE', 'CERT'), 'hello', '']) {
      expect(
        codeOf(() => parseCertificate(variant)),
        JSON.stringify(variant.slice(0, 30)),
      ).to.equal('MALFORMED')
    }
    expect(codeOf(() => parseCertificate(text.trimEnd()))).to.equal(undefined)
  })

  it('must be strict DER on the outside, which nobody signed', () => {
    const der = decodePem(fixture('chain/certs/peer0.finance.fiscal.test-cert.pem'), 'CERTIFICATE')
    if (der === undefined) throw new Error('no certificate')
    expect(der[1]).to.equal(0x82)
    const longer = [der[0] ?? 0, 0x83, 0, ...der.subarray(2)]
    for (const variant of [longer, [...der, 0], [...der, 5, 0], [...der.subarray(0, -1)]]) {
      expect(codeOf(() => parseCertificate(Uint8Array.from(variant)))).to.equal('MALFORMED')
    }
  })
})

describe('MSP', () => {
  let root: Issued
  let peer: Issued
  before(async () => {
    root = await issue({ name: 'root' })
    peer = await issue({ name: 'peer0', ou: ['peer'] }, root)
  })

  it('takes each role from its unit', async () => {
    const msp = createMsp(mspConfig({ rootCerts: [root.pem] }))
    for (const role of ['client', 'peer', 'admin', 'orderer'] as const) {
      const { pem: certificate } = await issue({ ou: [role, 'department-7'] }, root)
      const identity = msp.validate(certificate, now)
      expect(identity.role).to.equal(role)
      expect(identity.isAdmin).to.equal(role === 'admin')
    }
  })

  it('refuses no role and several', async () => {
    const msp = createMsp(mspConfig({ rootCerts: [root.pem] }))
    for (const ou of [[], ['other'], ['peer', 'client'], ['admin', 'client']]) {
      const { pem: certificate } = await issue({ ou }, root)
      expect(
        codeOf(() => msp.validate(certificate, now)),
        ou.join(),
      ).to.equal('NO_ROLE')
    }
  })

  it('refuses another organisation’s certificate, and one by a forged CA of the same name', async () => {
    const msp = createMsp(mspConfig({ rootCerts: [root.pem] }))
    const forged = await issue({ name: 'root' })
    const stranger = await issue({ name: 'another' })
    for (const issuer of [forged, stranger]) {
      const { pem: certificate } = await issue({ ou: ['peer'] }, issuer)
      expect(codeOf(() => msp.validate(certificate, now))).to.equal('UNTRUSTED')
    }
    expect(codeOf(() => msp.validate(root.pem, now))).to.equal('CA_CERTIFICATE')
  })

  it('looks at the clock when given one, and at none when not, as peers do in blocks', async () => {
    const msp = createMsp(mspConfig({ rootCerts: [root.pem] }))
    const short = { notBefore: new Date(now.getTime() - 10 * DAY), notAfter: new Date(now.getTime() - 5 * DAY) }
    const { pem: certificate } = await issue({ ou: ['peer'], ...short }, root)
    expect(codeOf(() => msp.validate(certificate, now))).to.equal('EXPIRED')
    expect(codeOf(() => msp.validate(certificate, new Date(now.getTime() - 20 * DAY)))).to.equal('NOT_YET_VALID')
    expect(msp.validate(certificate, new Date(now.getTime() - 7 * DAY)).role).to.equal('peer')
    expect(msp.validate(certificate).role).to.equal('peer')
  })

  it('refuses what an expired CA issued, at a time after its end', async () => {
    const old = await issue({ name: 'old', notBefore: new Date(0), notAfter: new Date(now.getTime() - DAY) })
    const msp = createMsp(mspConfig({ rootCerts: [old.pem] }))
    const { pem: certificate } = await issue({ ou: ['peer'] }, old)
    expect(codeOf(() => msp.validate(certificate, now))).to.equal('EXPIRED')
    expect(codeOf(() => msp.validate(certificate))).to.equal(undefined)
  })

  it('follows intermediates, and lets only the last CA issue', async () => {
    const intermediate = await issue({ name: 'intermediate', isCa: true }, root)
    const msp = createMsp(mspConfig({ rootCerts: [root.pem], intermediateCerts: [intermediate.pem] }))
    const below = await issue({ ou: ['client'] }, intermediate)
    expect(msp.validate(below.pem, now).role).to.equal('client')
    expect(codeOf(() => msp.validate(peer.pem, now))).to.equal('UNTRUSTED')
    const leaf = await issue({ ou: ['client'] }, root)
    const child = await issue({ ou: ['client'] }, leaf)
    expect(codeOf(() => msp.validate(child.pem, now))).to.equal('UNTRUSTED')
  })

  it('refuses a certificate that two roots answer for, as Fabric does', async () => {
    const renewed = await issue({ name: 'root', keys: root.keys })
    expect(codeOf(() => createMsp(mspConfig({ rootCerts: [renewed.pem] })).validate(peer.pem, now))).to.equal(undefined)
    const both = createMsp(mspConfig({ rootCerts: [root.pem, renewed.pem] }))
    expect(codeOf(() => both.validate(peer.pem, now))).to.equal('UNTRUSTED')
  })

  it('keeps CAs to their path length and key usage', async () => {
    const tight = await issue({ name: 'tight', pathLength: 0 })
    const below = await issue({ name: 'below', isCa: true }, tight)
    const deep = await issue({ ou: ['peer'] }, below)
    const config = mspConfig({ rootCerts: [tight.pem], intermediateCerts: [below.pem] })
    expect(codeOf(() => createMsp(config).validate(deep.pem, now))).to.equal('UNTRUSTED')
    const direct = await issue({ ou: ['peer'] }, tight)
    expect(createMsp(mspConfig({ rootCerts: [tight.pem] })).validate(direct.pem, now).role).to.equal('peer')
    const idle = await issue({ name: 'idle', keyUsage: x509.KeyUsageFlags.cRLSign })
    const orphan = await issue({ ou: ['peer'] }, idle)
    expect(codeOf(() => createMsp(mspConfig({ rootCerts: [idle.pem] })).validate(orphan.pem, now))).to.equal(
      'UNTRUSTED',
    )
  })

  it('refuses what it does not understand and must', async () => {
    const msp = createMsp(mspConfig({ rootCerts: [root.pem] }))
    const strange = new x509.Extension('1.2.3.4.5', true, new Uint8Array([5, 0]))
    const harmless = new x509.Extension('1.2.3.4.5', false, new Uint8Array([5, 0]))
    const critical = await issue({ ou: ['peer'], extensions: [strange] }, root)
    const ignored = await issue({ ou: ['peer'], extensions: [harmless] }, root)
    expect(codeOf(() => msp.validate(critical.pem, now))).to.equal('UNTRUSTED')
    expect(codeOf(() => msp.validate(ignored.pem, now))).to.equal(undefined)
    const other = await issue({ ou: ['peer'], curve: 'P-384' }, root)
    expect(codeOf(() => msp.validate(other.pem, now))).to.equal('UNSUPPORTED_KEY')
  })

  it('accepts a P-384 CA', async () => {
    const wide = await issue({ name: 'wide', curve: 'P-384' })
    const { pem: certificate } = await issue({ ou: ['peer'] }, wide)
    expect(createMsp(mspConfig({ rootCerts: [wide.pem] })).validate(certificate, now).role).to.equal('peer')
  })

  it('honours a revocation list by the CA itself only', async () => {
    const victim = await issue({ ou: ['client'], serial: '00beef' }, root)
    const stranger = await issue({ name: 'root' })
    const good = await revoke(root, ['beef'])
    const forged = await revoke(root, ['beef'], stranger)
    const others = await revoke(root, ['cafe'])
    const verdict = (list: Uint8Array): IdentityErrorCode | undefined =>
      codeOf(() => createMsp(mspConfig({ rootCerts: [root.pem], revocationList: [list] })).validate(victim.pem, now))
    expect(verdict(good)).to.equal('REVOKED')
    expect(verdict(forged)).to.equal(undefined)
    expect(verdict(others)).to.equal(undefined)
    expect(codeOf(() => createMsp(mspConfig({ rootCerts: [root.pem], revocationList: [pem('x')] })))).to.equal(
      'MALFORMED',
    )
  })

  it('holds a unit to its certifier', async () => {
    const second = await issue({ name: 'second' })
    const config = mspConfig({ rootCerts: [root.pem, second.pem] })
    const unit = { organizationalUnitIdentifier: 'peer', certificate: second.pem }
    const nodes = { ...config.fabricNodeOus, peerOuIdentifier: unit }
    const msp = createMsp(mspConfig({ rootCerts: [root.pem, second.pem], fabricNodeOus: nodes }))
    expect(codeOf(() => msp.validate(peer.pem, now))).to.equal('NO_ROLE')
    const { pem: certificate } = await issue({ ou: ['peer'] }, second)
    expect(msp.validate(certificate, now).role).to.equal('peer')
  })

  it('without units knows members only, and administrators by name', async () => {
    const named = await issue({ name: 'boss' }, root)
    const msp = createMsp(mspConfig({ rootCerts: [root.pem], admins: [named.pem], fabricNodeOus: { enable: false } }))
    expect(msp.validate(named.pem, now)).to.include({ role: 'member', isAdmin: true })
    expect(msp.validate(peer.pem, now)).to.include({ role: 'member', isAdmin: false })
    expect(codeOf(() => createMsp(mspConfig({ rootCerts: [root.pem], fabricNodeOus: { enable: false } })))).to.equal(
      'INVALID_MSP',
    )
  })

  it('refuses a configuration without a CA, or with a leaf for one', () => {
    expect(codeOf(() => createMsp(mspConfig({})))).to.equal('INVALID_MSP')
    expect(codeOf(() => createMsp(mspConfig({ rootCerts: [peer.pem] })))).to.equal('INVALID_MSP')
    expect(codeOf(() => createMsp(mspConfig({ rootCerts: [root.pem], intermediateCerts: [peer.pem] })))).to.equal(
      'INVALID_MSP',
    )
  })
})

describe('identities of the recorded network', () => {
  const { signatureHeader, endorsements } = parseTransaction(recordedBlock(5).data[0] ?? new Uint8Array(0))
  const at = new Date('2026-11-24T00:00:00Z')

  it('are who they say', () => {
    const creator: Identity = identify(genesisConfig.msps, signatureHeader.creator, at)
    expect([creator.mspid, creator.role]).to.deep.equal(['FinanceMSP', 'client'])
    const peers = endorsements.map(({ endorser }) => identify(genesisConfig.msps, endorser, at))
    expect(peers.map(({ role }) => role)).to.deep.equal(peers.map(() => 'peer'))
  })

  it('belong to their own organisation only', () => {
    const finance = fixture('chain/certs/peer0.finance.fiscal.test-cert.pem')
    expect(codeOf(() => genesisConfig.msps.get('AuditMSP')?.validate(finance, at))).to.equal('UNTRUSTED')
    expect(codeOf(() => identify(new Map(), signatureHeader.creator, at))).to.equal('UNKNOWN_MSP')
  })

  it('are not taken from an organisation’s TLS CA', () => {
    const tls = parseCertificate(fixture('chain/msp/FinanceMSP/tlscacerts/tlsca.finance.fiscal.test-cert.pem'))
    const roots = genesisConfig.msps.get('FinanceMSP')?.config.rootCerts.map((root) => parseCertificate(root).identity)
    expect(roots).to.have.length(1)
    expect(roots).not.to.include(tls.identity)
  })
})
