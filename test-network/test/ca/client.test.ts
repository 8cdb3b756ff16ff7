import { X509Certificate } from 'node:crypto'
import { parseCertificate, parseRevocationList } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import FabricCAServices from 'fabric-ca-client'
import { CaCode } from '../../src/ca/index.js'
import { attribute, cas, certificateOf, refusal, type User } from './support.js'

const ATTRIBUTES = '1.2.3.4.5.6.7.8.1'

/** The attributes in a certificate, as chaincode libraries read them. */
function attributesIn(user: User): Record<string, string> {
  const extension = parseCertificate(certificateOf(user)).extensions.get(ATTRIBUTES)
  expect(extension?.critical).to.equal(false)
  return (JSON.parse(Buffer.from(extension?.value ?? []).toString()) as { attrs: Record<string, string> }).attrs
}

const readList = (base64: string) => parseRevocationList(Buffer.from(base64, 'base64'))

describe('the CA, through fabric-ca-client', function () {
  this.timeout(20_000)
  const running = cas()
  const finance = () => running.of('FinanceMSP')

  it('says who it is', async () => {
    const info = await finance().client.getCaInfo(await finance().registrar())
    expect(info.caName).to.equal('ca.finance.fiscal.test')
    expect(info.caChain).to.equal(running.consortium().organizations.get('FinanceMSP')?.ca.certificatePem)
  })

  it('knows no CA of another name', async () => {
    const { running: ca } = finance()
    const other = new FabricCAServices(ca.url, undefined, 'ca.other')
    const request = { enrollmentID: 'admin', enrollmentSecret: ca.registrars.admin.secret }
    expect((await refusal(other.enroll(request))).code).to.equal(CaCode.caNotFound)
  })

  it('registers and enrolls: a certificate for the own key, of the type asked for, by the own CA', async () => {
    const admin = await finance().registrar()
    const clerk = await finance().member(admin, 'clerk-7')
    const certificate = parseCertificate(certificateOf(clerk))
    expect(certificate).to.deep.include({ commonName: 'clerk-7', ou: ['client'], isCa: false })
    const root = running.consortium().organizations.get('FinanceMSP')?.ca.certificatePem ?? ''
    expect(new X509Certificate(certificateOf(clerk)).verify(new X509Certificate(root).publicKey)).to.equal(true)
    const peer = await finance().member(admin, 'peer1.finance', { role: 'peer' })
    expect(parseCertificate(certificateOf(peer)).ou).to.deep.equal(['peer'])
  })

  it('puts attributes into the certificate: those for every certificate, or those asked for', async () => {
    const admin = await finance().registrar()
    const attrs = [attribute('role', 'cashier', true), attribute('desk', '3'), attribute('__proto__', 'odd')]
    const secret = await finance().register(admin, 'clerk', { attrs, maxEnrollments: 4 })
    const fixed = { 'hf.EnrollmentID': 'clerk', 'hf.Type': 'client', 'hf.Affiliation': '' }
    expect(attributesIn(await finance().enroll('clerk', secret))).to.deep.equal({ role: 'cashier', ...fixed })
    const asked = [
      { name: 'desk', optional: false },
      { name: '__proto__', optional: false },
      { name: 'phone', optional: true },
    ]
    const chosen = attributesIn(await finance().enroll('clerk', secret, asked))
    expect(Object.entries(chosen)).to.have.deep.members([
      ['desk', '3'],
      ['__proto__', 'odd'],
    ])
    expect(attributesIn(await finance().enroll('clerk', secret, []))).to.deep.equal({})
    const missing = await refusal(finance().enroll('clerk', secret, [{ name: 'phone', optional: false }]))
    expect(missing.message).to.include('[phone]')
    // What was refused didn't count as an enrolment
    await finance().enroll('clerk', secret)
    expect((await refusal(finance().enroll('clerk', secret))).code).to.equal(CaCode.authenticationFailure)
  })

  it('lets a secret be used once unless told otherwise', async () => {
    const admin = await finance().registrar()
    const secret = await finance().register(admin, 'once')
    await finance().enroll('once', secret)
    expect((await refusal(finance().enroll('once', secret))).code).to.equal(CaCode.authenticationFailure)
    const many = await finance().register(admin, 'many', { maxEnrollments: -1 })
    for (let i = 0; i < 4; i += 1) await finance().enroll('many', many)
    const wrong = finance().register(admin, 'less', { maxEnrollments: -2 })
    expect((await refusal(wrong)).code).to.equal(CaCode.badMaxEnrollments)
  })

  it('lets a secret be used once, also at once', async () => {
    const secret = await finance().register(await finance().registrar(), 'racer')
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => finance().enroll('racer', secret)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
  })

  it('refuses wrong secrets, unknown ids and doubles', async () => {
    const admin = await finance().registrar()
    await finance().register(admin, 'clerk')
    for (const [id, secret] of [['clerk', 'guess'] as const, ['nobody', 'guess'] as const]) {
      const { code, message } = await refusal(finance().enroll(id, secret))
      expect({ code, message }).to.deep.equal({ code: 20, message: 'Authentication failure' })
    }
    expect((await refusal(finance().register(admin, 'clerk'))).code).to.equal(CaCode.duplicateIdentity)
  })

  it('enrolls again who has a certificate', async () => {
    const admin = await finance().registrar()
    const clerk = await finance().member(admin, 'clerk', { attrs: [attribute('role', 'cashier')] })
    const { certificate } = await finance().client.reenroll(clerk, [{ name: 'role', optional: false }])
    expect(parseCertificate(certificate).commonName).to.equal('clerk')
    expect(parseCertificate(certificate).serial).to.not.equal(parseCertificate(certificateOf(clerk)).serial)
    expect(certificate).to.not.equal(certificateOf(clerk))
  })

  it('revokes an identity with all its certificates', async () => {
    const admin = await finance().registrar()
    const secret = await finance().register(admin, 'clerk', { maxEnrollments: 3 })
    const first = await finance().enroll('clerk', secret)
    const second = await finance().enroll('clerk', secret)
    const request = { enrollmentID: 'clerk', reason: 'keyCompromise', gencrl: true }
    const { result } = (await finance().client.revoke(request, admin)) as {
      result: { RevokedCerts: { Serial: string; AKI: string }[]; CRL: string }
    }
    const serials = [first, second].map((user) => parseCertificate(certificateOf(user)).serial)
    expect(result.RevokedCerts.map(({ Serial }) => Serial)).to.have.members(serials.map((it) => it.replace(/^0+/, '')))
    expect([...readList(result.CRL).serials]).to.have.members(serials)
    expect((await refusal(finance().enroll('clerk', secret))).code).to.equal(CaCode.authenticationFailure)
    expect((await refusal(finance().client.reenroll(first, []))).code).to.equal(CaCode.authenticationFailure)
  })

  it('revokes one certificate by serial number and key identifier', async () => {
    const admin = await finance().registrar()
    const secret = await finance().register(admin, 'clerk', { maxEnrollments: 2 })
    const lost = parseCertificate(certificateOf(await finance().enroll('clerk', secret)))
    const kept = await finance().enroll('clerk', secret)
    const aki = Buffer.from(lost.authorityKeyId ?? []).toString('hex')
    // Written as people copy them: upper case, leading zeros, colons
    const serial = `00${lost.serial}`.toUpperCase().replace(/..(?=.)/g, '$&:')
    const revoke = (enrollmentID: string) => finance().client.revoke({ enrollmentID, aki, serial }, admin)
    expect((await refusal(revoke('admin'))).code).to.equal(CaCode.wrongOwner)
    await revoke('')
    expect((await refusal(revoke(''))).code).to.equal(CaCode.alreadyRevoked)
    await finance().client.reenroll(kept, [])
    const unknown = finance().client.revoke({ enrollmentID: '', aki, serial: 'abc' }, admin)
    expect((await refusal(unknown)).code).to.equal(CaCode.certificateNotFound)
    const nobody = finance().client.revoke({ enrollmentID: 'nobody' }, admin)
    expect((await refusal(nobody)).code).to.equal(CaCode.revokedIdentityNotFound)
  })

  it('writes lists of what was revoked, by time', async () => {
    const admin = await finance().registrar()
    const list = async (window: object = {}) =>
      readList((await finance().client.generateCRL(window, admin)) as string).serials.size
    expect(await list()).to.equal(0)
    await finance().member(admin, 'early')
    await finance().client.revoke({ enrollmentID: 'early' }, admin)
    const between = new Date(Date.now() + 1000)
    running.pass(2000)
    await finance().member(admin, 'late')
    await finance().client.revoke({ enrollmentID: 'late' }, admin)
    expect(await list()).to.equal(2)
    expect(await list({ revokedBefore: between })).to.equal(1)
    expect(await list({ revokedAfter: between })).to.equal(1)
    expect(await list({ expireBefore: between })).to.equal(0)
    const wrong = finance().client.generateCRL({ revokedAfter: between, revokedBefore: new Date(0) }, admin)
    expect((await refusal(wrong)).code).to.equal(CaCode.invalidRevokedAfter)
  })

  it('lists, shows, creates, changes and removes identities', async () => {
    const admin = await finance().registrar()
    const identities = finance().client.newIdentityService()
    const attrs = [attribute('role', 'cashier'), attribute('desk', '3')]
    const request = { enrollmentID: 'clerk', affiliation: '.', type: 'client', attrs }
    const secret = await identities.create(request, admin)
    const clerk = await finance().enroll('clerk', secret)
    const shown = (await identities.getOne('clerk', admin)).result as { attrs: { name: string; value: string }[] }
    expect(shown).to.include({ id: 'clerk', type: 'client', affiliation: '', max_enrollments: 1 })
    expect(shown.attrs.map(({ name }) => name)).to.include.members(['role', 'desk', 'hf.EnrollmentID'])
    const all = (await identities.getAll(admin)).result as { identities: { id: string }[] }
    expect(all.identities.map(({ id }) => id)).to.have.members(['admin', 'gateway', 'clerk'])

    const change = { maxEnrollments: 2, attrs: [attribute('role', 'auditor'), attribute('desk', '')] }
    const update = { enrollmentID: 'clerk', affiliation: '', enrollmentSecret: 'changed-by-admin', ...change }
    await identities.update('clerk', update, admin)
    const again = await finance().enroll('clerk', 'changed-by-admin', [{ name: 'role', optional: false }])
    expect(attributesIn(again)).to.deep.equal({ role: 'auditor' })
    const changed = (await identities.getOne('clerk', admin)).result as { attrs: { name: string }[] }
    expect(changed.attrs.map(({ name }) => name)).to.not.include('desk')

    await identities.delete('clerk', admin)
    expect((await refusal(identities.getOne('clerk', admin))).code).to.equal(CaCode.notInDatabase)
    for (const user of [clerk, again]) {
      expect((await refusal(finance().client.reenroll(user, []))).code).to.equal(CaCode.authenticationFailure)
    }
    expect((await refusal(identities.delete('admin', admin))).code).to.equal(CaCode.removeIdentity)
  })

  it('keeps affiliations, which become organisational units', async () => {
    const admin = await finance().registrar()
    const affiliations = finance().client.newAffiliationService()
    const register = (enrollmentID: string, affiliation: string) =>
      finance().client.register({ enrollmentID, affiliation }, admin)
    expect((await refusal(register('clerk', 'treasury.desk'))).code).to.equal(CaCode.gettingAffiliation)
    const early = affiliations.create({ name: 'treasury.desk' }, admin)
    expect((await refusal(early)).code).to.equal(CaCode.addAffiliation)
    await affiliations.create({ name: 'treasury.desk', force: true }, admin)
    const tree = { name: 'treasury', affiliations: [{ name: 'treasury.desk' }] }
    expect((await affiliations.getAll(admin)).result).to.deep.include({ name: '', affiliations: [tree] })
    expect((await affiliations.getOne('treasury', admin)).result).to.deep.include(tree)
    const clerk = await finance().enroll('clerk', await register('clerk', 'treasury.desk'))
    expect(parseCertificate(certificateOf(clerk)).ou).to.deep.equal(['client', 'treasury', 'desk'])
    // A unit of a role's name would make another of whoever has it
    const role = affiliations.create({ name: 'treasury.admin' }, admin)
    expect((await refusal(role)).code).to.equal(CaCode.addAffiliation)
    const removal = affiliations.delete({ name: 'treasury.desk' }, admin)
    expect((await refusal(removal)).code).to.equal(CaCode.removeAffiliation)
  })

  it('keeps the organisations apart', async () => {
    const admin = await finance().registrar()
    const audit = running.of('AuditMSP')
    const stranger = audit.client.register({ enrollmentID: 'mole', affiliation: '' }, admin)
    expect((await refusal(stranger)).code).to.equal(CaCode.authenticationFailure)
    const secret = running.of('FinanceMSP').running.registrars.admin.secret
    expect((await refusal(audit.enroll('admin', secret))).code).to.equal(CaCode.authenticationFailure)
  })
})

describe('the CA over TLS', function () {
  this.timeout(20_000)
  const running = cas({ tls: true })

  it("serves with a certificate of the organisation's TLS authority", async () => {
    const finance = running.of('FinanceMSP')
    expect(finance.running.url).to.match(/^https:/)
    await finance.member(await finance.registrar(), 'clerk')
  })
})

describe('the CAs', function () {
  this.timeout(20_000)
  const running = cas({ all: true })

  it('are one for each organisation, with a node or without', async () => {
    expect([...running.all().keys()]).to.deep.equal([...running.consortium().organizations.keys()])
    const parties = running.of('PartiesMSP')
    await parties.member(await parties.registrar('gateway'), 'contractor-1')
  })
})
