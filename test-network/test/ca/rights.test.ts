import { expect } from 'chai'
import { CaCode } from '../../src/ca/index.js'
import { attribute, cas, refusal, type TestCa, type User } from './support.js'

const ROLES = 'hf.Registrar.Roles'
const ATTRIBUTES = 'hf.Registrar.Attributes'

describe('the rights of registrars', function () {
  this.timeout(20_000)
  const running = cas()
  let finance: TestCa
  let admin: User
  beforeEach(async () => {
    finance = running.of('FinanceMSP')
    admin = await finance.registrar()
  })

  const isForbidden = async (work: Promise<unknown>, reason: string | RegExp) => {
    const { code, message } = await refusal(work)
    expect(message).to.match(typeof reason === 'string' ? new RegExp(reason.replace(/[.*]/g, '\\$&')) : reason)
    expect(code).to.equal(CaCode.authorizationFailure)
  }

  it('the gateway registers clients and nothing else', async () => {
    const gateway = await finance.registrar('gateway')
    await finance.member(gateway, 'app')
    for (const role of ['peer', 'admin', 'orderer']) {
      await isForbidden(
        finance.register(gateway, `a-${role}`, { role }),
        `gateway may not act on identities of type ${role}`,
      )
    }
    const attrs = [attribute('role', 'supervisor', true)]
    await isForbidden(finance.register(gateway, 'fake', { attrs }), 'gateway may not register the attribute role')
    await isForbidden(finance.client.generateCRL({}, gateway), 'gateway does not have hf.GenCRL')
    await isForbidden(finance.client.revoke({ enrollmentID: 'app' }, gateway), 'gateway does not have hf.Revoker')
    const affiliations = finance.client.newAffiliationService()
    await isForbidden(affiliations.create({ name: 'desk' }, gateway), 'hf.AffiliationMgr')
  })

  it('who is no registrar registers nobody, and sees nobody', async () => {
    const clerk = await finance.member(admin, 'clerk')
    await isForbidden(finance.register(clerk, 'friend'), 'clerk is no registrar')
    await isForbidden(finance.client.newIdentityService().getAll(clerk), 'clerk is no registrar')
    await isForbidden(finance.client.newIdentityService().delete('gateway', clerk), 'clerk is no registrar')
    // What is its own it may revoke
    await finance.client.revoke({ enrollmentID: 'clerk' }, clerk)
  })

  it('a type is the least unless asked for, and one that an MSP knows', async () => {
    const boss = await finance.member(admin, 'boss', { role: 'admin', attrs: [attribute(ROLES, 'client,admin')] })
    await finance.register(boss, 'plain')
    const identities = finance.client.newIdentityService()
    expect((await identities.getOne('plain', admin)).result).to.include({ type: 'client' })
    expect((await refusal(finance.register(admin, 'odd', { role: 'user' }))).code).to.equal(CaCode.addIdentity)
  })

  it('nobody passes on roles or attributes beyond its own', async () => {
    const attrs = [attribute(ROLES, 'client'), attribute(ATTRIBUTES, `desk,team.*,${ROLES}`)]
    const head = await finance.member(admin, 'head', { attrs })
    await finance.register(head, 'a', {
      attrs: [attribute('desk', '3'), attribute('team.a', 'x'), attribute(ROLES, 'client')],
    })
    await isForbidden(
      finance.register(head, 'b', { attrs: [attribute('role', 'x')] }),
      'may not register the attribute role',
    )
    await isForbidden(finance.register(head, 'b', { attrs: [attribute(ROLES, 'client,peer')] }), 'may not pass on peer')
    await isForbidden(finance.register(head, 'b', { attrs: [attribute(ROLES, '*')] }), 'may not pass on *')
    const names = (list: string) => finance.register(head, 'b', { attrs: [attribute(ATTRIBUTES, list)] })
    await isForbidden(names('desk'), 'may not register the attribute hf.Registrar.Attributes')
    await isForbidden(finance.register(head, 'b', { attrs: [attribute('hf.Revoker', 'true')] }), 'hf.Revoker')
  })

  it('even the administrator registers no fixed, unknown or contradictory attributes of the CA', async () => {
    const register = (...attrs: ReturnType<typeof attribute>[]) => finance.register(admin, 'odd', { attrs })
    await isForbidden(register(attribute('hf.EnrollmentID', 'admin')), 'follows from the identity')
    await isForbidden(register(attribute('hf.Type', 'admin')), 'follows from the identity')
    await isForbidden(register(attribute('hf.Power', 'true')), 'reserved prefix')
    await isForbidden(register(attribute('hf.IntermediateCA', 'true')), 'admin does not have hf.IntermediateCA')
    await isForbidden(register(attribute(ATTRIBUTES, 'hf.Revoker')), "which the identity itself doesn't have")
    await isForbidden(
      register(attribute('hf.Registrar.DelegateRoles', 'peer'), attribute(ROLES, 'client')),
      'larger than',
    )
    expect((await refusal(register(attribute('hf.Revoker', 'perhaps')))).code).to.equal(CaCode.badBoolean)
    expect((await refusal(register(attribute('a', '1'), attribute('a', '2')))).code).to.equal(CaCode.badBody)
  })

  it("nobody gets another's power by changing, renewing or removing it", async () => {
    const gateway = await finance.registrar('gateway')
    const identities = finance.client.newIdentityService()
    const secret = { affiliation: '', enrollmentSecret: 'mine-now' }
    // Of the type that it may act on, and yet above it
    await isForbidden(identities.update('admin', { enrollmentID: 'admin', ...secret }, gateway), 'may not register')
    await isForbidden(identities.delete('admin', gateway), 'may not register')
    await finance.register(admin, 'supervisor', { attrs: [attribute('role', 'supervisor', true)] })
    const takeover = identities.update('supervisor', { enrollmentID: 'supervisor', ...secret }, gateway)
    await isForbidden(takeover, 'may not register the attribute role')
    const own = (attrs: ReturnType<typeof attribute>[]) =>
      identities.update('gateway', { enrollmentID: 'gateway', affiliation: '', attrs }, gateway)
    await isForbidden(own([attribute(ROLES, 'client,peer')]), 'may not register the attribute')
    await isForbidden(own([attribute('hf.Revoker', 'true')]), 'may not register the attribute')
    const promoted = identities.update('gateway', { enrollmentID: 'gateway', affiliation: '', type: 'peer' }, gateway)
    await isForbidden(promoted, 'may not act on identities of type peer')
    const seen = (await identities.getAll(gateway)).result as { identities: { id: string }[] }
    expect(seen.identities.map(({ id }) => id)).to.include('supervisor')
    await finance.enroll('admin', finance.running.registrars.admin.secret)
  })

  it('a revoker revokes whom it may act on, and none above it', async () => {
    const attrs = [attribute(ROLES, 'client'), attribute('hf.Revoker', 'true')]
    const guard = await finance.member(admin, 'guard', { attrs })
    await finance.register(admin, 'clerk', { attrs: [attribute('role', 'cashier')] })
    await finance.client.revoke({ enrollmentID: 'clerk' }, guard)
    await isForbidden(finance.client.revoke({ enrollmentID: 'admin' }, guard), 'may not register the attribute hf.')
    await finance.register(admin, 'a-peer', { role: 'peer' })
    await isForbidden(finance.client.revoke({ enrollmentID: 'a-peer' }, guard), 'of type peer')
  })

  it('an affiliation bounds what its members may do', async () => {
    const affiliations = finance.client.newAffiliationService()
    for (const name of ['north', 'north.desk', 'northern', 'south']) await affiliations.create({ name }, admin)
    const register = (
      enrollmentID: string,
      affiliation: string,
      registrar: User,
      attrs = [attribute(ROLES, 'client')],
    ) => finance.client.register({ enrollmentID, affiliation, attrs }, registrar)
    const head = await finance.enroll('head', await register('head', 'north', admin))
    await register('a', 'north.desk', head, [])
    for (const affiliation of ['south', 'northern', '.']) {
      await isForbidden(register('b', affiliation, head, []), 'may not act on the affiliation')
    }
    // Left out, it is the registrar's own
    await register('c', '', head, [])
    const identities = finance.client.newIdentityService()
    expect((await identities.getOne('c', admin)).result).to.include({ affiliation: 'north' })
    const seen = (await identities.getAll(head)).result as { identities: { id: string }[] }
    expect(seen.identities.map(({ id }) => id)).to.have.members(['head', 'a', 'c'])
    await isForbidden(identities.getOne('gateway', head), 'may not act on the affiliation')
  })
})
