import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { attribute, cas, refusal } from './support.js'

const AUTHENTICATION_FAILURE = 20
const PASSWORD_ATTEMPTS = 73
const MINUTE = 60_000

describe('what the CA remembers', function () {
  this.timeout(30_000)
  const running = cas()
  const finance = () => running.of('FinanceMSP')

  it('is there after a restart: identities, certificates, revocations, counts', async () => {
    const admin = await finance().registrar()
    const gone = await finance().member(admin, 'gone')
    const secret = await finance().register(admin, 'clerk', {
      attrs: [attribute('role', 'cashier')],
      maxEnrollments: 2,
    })
    const clerk = await finance().enroll('clerk', secret)
    await finance().client.revoke({ enrollmentID: 'gone' }, admin)
    await finance().client.newAffiliationService().create({ name: 'desk' }, admin)
    const { registrars } = finance().running

    await running.restart()
    expect(finance().running.registrars).to.deep.equal(registrars)
    // Certificates of before are still known
    await finance().client.reenroll(clerk, [{ name: 'role', optional: false }])
    expect((await refusal(finance().client.reenroll(gone, []))).code).to.equal(AUTHENTICATION_FAILURE)
    expect((await refusal(finance().register(admin, 'clerk'))).message).to.include('already registered')
    await finance().client.register({ enrollmentID: 'other', affiliation: 'desk' }, admin)
    await finance().enroll('clerk', secret)
    expect((await refusal(finance().enroll('clerk', secret))).code).to.equal(AUTHENTICATION_FAILURE)
  })

  it('holds no secret but those of the first registrars, which their owner alone reads', async () => {
    const admin = await finance().registrar()
    const secrets = [
      await finance().register(admin, 'clerk'),
      await finance().client.register(
        { enrollmentID: 'chosen', enrollmentSecret: 'a-chosen-secret', affiliation: '' },
        admin,
      ),
    ]
    expect(secrets[1]).to.equal('a-chosen-secret')
    const folder = join(running.directory(), 'finance.fiscal.test')
    const contents = await Promise.all(
      (await readdir(join(folder, 'registry'))).map((file) => readFile(join(folder, 'registry', file), 'latin1')),
    )
    const { admin: first, gateway } = finance().running.registrars
    const everything = contents.join('')
    expect(everything).to.include('identity:chosen')
    for (const secret of [...secrets, first.secret, gateway.secret]) expect(everything).to.not.include(secret)
    expect((await stat(join(folder, 'registrars.json'))).mode & 0o777).to.equal(0o600)
  })

  it('makes guessing slow: after ten wrong secrets each costs a wait that doubles, also over a restart', async () => {
    const admin = await finance().registrar()
    const secret = await finance().register(admin, 'clerk', { maxEnrollments: 5 })
    const guess = () => refusal(finance().enroll('clerk', 'guess'))
    for (let i = 0; i < 9; i += 1) expect((await guess()).code).to.equal(AUTHENTICATION_FAILURE)
    // A right one in between forgets the wrong ones
    await finance().enroll('clerk', secret)
    for (let i = 0; i < 10; i += 1) expect((await guess()).code).to.equal(AUTHENTICATION_FAILURE)
    await running.restart()
    expect((await refusal(finance().enroll('clerk', secret))).code).to.equal(PASSWORD_ATTEMPTS)
    running.pass(MINUTE)
    expect((await guess()).code).to.equal(AUTHENTICATION_FAILURE)
    running.pass(MINUTE)
    expect((await refusal(finance().enroll('clerk', secret))).code).to.equal(PASSWORD_ATTEMPTS)
    // Nobody else is held up, and a registrar may end it with a new secret
    await finance().registrar('gateway')
    const renewal = { enrollmentID: 'clerk', affiliation: '', enrollmentSecret: 'a-new-secret' }
    await finance().client.newIdentityService().update('clerk', renewal, admin)
    await finance().enroll('clerk', 'a-new-secret')
  })

  it('knows a certificate until it expires', async () => {
    const admin = await finance().registrar()
    running.pass(9 * 365 * 24 * 60 * MINUTE)
    await finance().register(admin, 'late')
    running.pass(2 * 365 * 24 * 60 * MINUTE)
    expect((await refusal(finance().register(admin, 'later'))).code).to.equal(AUTHENTICATION_FAILURE)
    // The clock went on for what is issued now, too
    await finance().register(await finance().registrar(), 'later')
  })
})
