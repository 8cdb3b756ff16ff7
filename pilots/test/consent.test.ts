import { createHash } from 'node:crypto'
import { CaizhengError, type Client } from '@caizheng/client-sdk'
import {
  canonicalize,
  proposalPreimage,
  type CanonicalValue,
  type Person,
  type Proposal,
  type TransactionName,
} from '@caizheng/records'
import { nodeOrganizations } from '@caizheng/test-network'
import { expect } from 'chai'
import { administratorsOf } from '../src/index.js'
import { startCounty, type County } from './county.js'
import { networks, type StartNetwork } from './networks.js'

/** The record of an answer: a proposal's, or a person's. */
type Answered = Omit<Proposal, 'kind'> & Omit<Person, 'kind'>
type Fields = Readonly<Record<string, CanonicalValue>>

const DEVELOPMENT = '11331003000000035N'
const FINANCE = '113310030000000191'

/** What administrators can do together, and not alone. */
function consents(start: StartNetwork): void {
  let county: County
  /** One administrator of each node organisation, and finance's second one. */
  let finance: Client
  let audit: Client
  let construction: Client
  let second: Client

  before(async () => {
    county = await startCounty(start)
    const clientOf = async (msp: string, name: string) => (await county.cast.person(msp, name)).client
    finance = county.administrator
    audit = await clientOf('AuditMSP', 'GENESIS-ADMIN-AUDIT')
    construction = await clientOf('ConstructionMSP', 'GENESIS-ADMIN-CONSTRUCTION')
    second = await clientOf('FinanceMSP', 'SECOND')
    const key = await county.cast.key('FinanceMSP', 'SECOND')
    await county.administer('RegisterPerson', {
      ...{
        personId: 'SECOND',
        role: 'CONSORTIUM_ADMIN',
        uscc: FINANCE,
        msp: 'FinanceMSP',
        key,
        validFrom: '2023-01-01',
      },
    })
  })
  after(() => county?.stop())

  /** What becomes of a transaction: its status or the error's code, and the record. */
  const send = async (
    client: Client,
    name: TransactionName,
    request: Fields,
  ): Promise<{ gives: string; record: Answered }> => {
    try {
      const { status, record } = await client.transact(name, request)
      await county.settle()
      return { gives: status, record: record as Answered }
    } catch (error) {
      if (!(error instanceof CaizhengError)) throw error
      return { gives: error.code, record: {} as Answered }
    }
  }
  const consent = (client: Client, { id }: Answered) => send(client, 'Consent', { proposal: id })

  /** A development officer's registration, and whether that key can act. */
  const officer = async (personId: string): Promise<Fields & { key: string }> => {
    const key = await county.cast.key('DevelopmentMSP', personId)
    return {
      personId,
      role: 'DEVELOPMENT_OFFICER',
      uscc: DEVELOPMENT,
      msp: 'DevelopmentMSP',
      key,
      validFrom: '2023-01-01',
    }
  }
  let projects = 0
  const acts = async (personId: string): Promise<string> => {
    const { client } = await county.cast.person('DevelopmentMSP', personId)
    const projectCode = `2401-331003-05-01-${String(++projects).padStart(6, '0')}`
    return (await send(client, 'CreateProject', { projectCode, name: '示范项目', ownerUscc: '123310030000010384' }))
      .gives
  }
  /** A key that all three have registered. */
  const registered = async (personId: string): Promise<string> => {
    const person = await officer(personId)
    await county.administer('RegisterPerson', person)
    expect(await acts(personId)).to.equal('COMMITTED')
    return person.key
  }

  it('comes from all three departments: two do not register a person, the third does', async () => {
    const person = await officer('D-1')
    const { gives, record } = await send(finance, 'RegisterPerson', person)
    expect(gives).to.equal('PROPOSED')
    expect(record.acts).to.deep.equal([{ act: 'RegisterPerson', request: person }])
    expect((await consent(audit, record)).gives).to.equal('PROPOSED')
    expect(await acts('D-1')).to.equal('CALLER_NOT_REGISTERED')
    const last = await consent(construction, record)
    expect(last.gives).to.equal('COMMITTED')
    expect(last.record.status).to.equal('IN_FORCE')
    expect(last.record.consents.map(({ msp }) => msp)).to.deep.equal(['FinanceMSP', 'AuditMSP', 'ConstructionMSP'])
    expect(await acts('D-1')).to.equal('COMMITTED')
  })

  it('is asked for settings, organisations, withdrawals and backfills alike', async () => {
    const key = await registered('D-ALIKE')
    const organisation = {
      orgId: 'X',
      name: '某公司',
      kind: 'contractor',
      uscc: '91331003000002030D',
      msp: 'PartiesMSP',
    }
    const until = new Date(Date.now() + 86_400_000).toISOString()
    for (const [name, request] of [
      ['SetSettings', { number: 1, effectiveDate: '2023-01-01', modes: { R03: 'OFF' }, values: {} }],
      ['RegisterOrganisation', organisation],
      ['OpenBackfill', { projectCode: '2401-331003-05-01-000001', reason: '补录', until }],
      ['WithdrawPerson', { key }],
    ] as const) {
      const { gives, record } = await send(audit, name, request)
      expect(gives, name).to.equal('PROPOSED')
      expect((await consent(finance, record)).gives, name).to.equal('PROPOSED')
      if (name === 'WithdrawPerson') expect(await acts('D-ALIKE')).to.equal('COMMITTED')
      expect((await consent(construction, record)).gives, name).to.equal('COMMITTED')
    }
    expect(await acts('D-ALIKE')).to.equal('CALLER_NOT_REGISTERED')
  })

  it('of one department counts once, whichever of its administrators gives it', async () => {
    const { record } = await send(finance, 'RegisterPerson', await officer('D-2'))
    for (const again of [finance, second, finance]) {
      const { gives, record: now } = await consent(again, record)
      expect(gives).to.equal('PROPOSED')
      expect(now.consents).to.deep.equal(record.consents)
    }
    expect((await consent(audit, record)).gives).to.equal('PROPOSED')
    expect((await consent(second, record)).gives).to.equal('PROPOSED')
    expect(await acts('D-2')).to.equal('CALLER_NOT_REGISTERED')
  })

  it('is to one content: another person under the same name, or another network, is another proposal', async () => {
    const person = await officer('D-3')
    const proposed = await send(finance, 'RegisterPerson', person)
    await consent(construction, proposed.record)
    const other = await send(audit, 'RegisterPerson', { ...person, validFrom: '2023-01-02' })
    expect(other.gives).to.equal('PROPOSED')
    expect(other.record.id).not.to.equal(proposed.record.id)
    expect(await acts('D-3')).to.equal('CALLER_NOT_REGISTERED')
    const { network } = county
    const of = (genesis: string) =>
      createHash('sha256')
        .update(proposalPreimage(genesis, [{ act: 'RegisterPerson', request: person }]))
        .digest('hex')
    expect(of(network.id)).to.equal(proposed.record.id)
    expect((await send(audit, 'Consent', { proposal: of('0'.repeat(64)) })).gives).to.equal('RECORD_NOT_FOUND')
    // What the third department proposes in the same words is its consent.
    expect((await send(audit, 'RegisterPerson', person)).gives).to.equal('COMMITTED')
    expect(await acts('D-3')).to.equal('COMMITTED')
  })

  it('is no use twice: a proposal in force does nothing again', async () => {
    const person = await officer('D-4')
    const { record } = await send(finance, 'RegisterPerson', person)
    await consent(audit, record)
    const inForce = await consent(construction, record)
    await county.administer('WithdrawPerson', { key: person.key })
    for (const again of [
      await consent(construction, record),
      await send(finance, 'RegisterPerson', person),
      await send(audit, 'RegisterPerson', person),
    ]) {
      expect(again.gives).to.equal('COMMITTED')
      expect(again.record).to.deep.equal(inForce.record)
    }
    expect(await acts('D-4')).to.equal('CALLER_NOT_REGISTERED')
  })

  it('is to all acts of a proposal or none, and what would be refused at last is refused at first', async () => {
    const [good, bad] = [await officer('D-5'), { ...(await officer('D-6')), msp: 'FinanceMSP' }]
    const both = { acts: [good, bad].map((request) => ({ act: 'RegisterPerson', request })) }
    expect((await send(finance, 'Propose', both)).gives).to.equal('CALLER_NOT_ALLOWED')
    // Two proposals for one name: the second can't come into force after the first.
    const rival = { ...good, validFrom: '2023-01-03' }
    const organisation = {
      orgId: 'Y',
      name: '另一公司',
      kind: 'contractor',
      uscc: '91331003000002014P',
      msp: 'PartiesMSP',
    }
    const together = {
      acts: [
        { act: 'RegisterOrganisation', request: organisation },
        { act: 'RegisterPerson', request: rival },
      ],
    }
    const { record } = await send(audit, 'Propose', together)
    await consent(finance, record)
    await county.administer('RegisterPerson', good)
    expect((await consent(construction, record)).gives).to.equal('RECORD_EXISTS')
    const alone = await send(audit, 'RegisterOrganisation', { ...organisation, name: '又一公司' })
    expect(alone.gives, 'the organisation was not written either').to.equal('PROPOSED')
  })

  it('stops counting when the key that gave it is suspended', async () => {
    const { record } = await send(second, 'RegisterPerson', await officer('D-7'))
    const key = await county.cast.key('FinanceMSP', 'SECOND')
    expect((await send(audit, 'SuspendPerson', { key, reason: '密钥疑似被盗' })).gives).to.equal('COMMITTED')
    expect((await consent(second, record)).gives).to.equal('CALLER_NOT_REGISTERED')
    await consent(audit, record)
    const { gives, record: now } = await consent(construction, record)
    expect(gives).to.equal('PROPOSED')
    expect(now.consents.map(({ msp }) => msp)).to.deep.equal(['AuditMSP', 'ConstructionMSP'])
    expect(await acts('D-7')).to.equal('CALLER_NOT_REGISTERED')
    expect((await consent(finance, record)).gives).to.equal('COMMITTED')
    expect(await acts('D-7')).to.equal('COMMITTED')
  })

  it('is not needed to suspend a key for seven days, once a department; it is to restore it', async () => {
    const key = await registered('D-8')
    const suspension = { key, reason: '密钥疑似被盗' }
    const { gives, record } = await send(audit, 'SuspendPerson', suspension)
    expect(gives).to.equal('COMMITTED')
    expect(await acts('D-8')).to.equal('CALLER_NOT_REGISTERED')
    const [first] = record.suspensions ?? []
    expect(Date.parse(first?.until ?? '') - Date.parse(first?.time ?? '')).to.equal(7 * 86_400_000)
    expect((await send(audit, 'SuspendPerson', suspension)).gives).to.equal('STATUS_CONFLICT')
    const longer = await send(finance, 'SuspendPerson', suspension)
    const until = longer.record.suspensions?.at(-1)?.until ?? ''
    const earlier = { key, suspendedUntil: first?.until ?? '' }
    expect((await send(finance, 'RestorePerson', earlier)).gives, 'of the first one only').to.equal('STATUS_CONFLICT')
    const restored = await send(finance, 'RestorePerson', { key, suspendedUntil: until })
    expect((await consent(construction, restored.record)).gives).to.equal('PROPOSED')
    expect(await acts('D-8')).to.equal('CALLER_NOT_REGISTERED')
    expect((await consent(audit, restored.record)).gives).to.equal('COMMITTED')
    expect(await acts('D-8')).to.equal('COMMITTED')
    // The next suspension needs a new restoration.
    expect((await send(audit, 'SuspendPerson', suspension)).gives).to.equal('COMMITTED')
    for (const one of [finance, audit, construction]) await consent(one, restored.record)
    expect(await acts('D-8')).to.equal('CALLER_NOT_REGISTERED')
  })

  it('leaves every department an administrator', async () => {
    const key = await county.cast.key('AuditMSP', 'GENESIS-ADMIN-AUDIT')
    expect((await send(finance, 'WithdrawPerson', { key })).gives).to.equal('STATUS_CONFLICT')
    const spare = await county.cast.key('AuditMSP', 'SPARE')
    const person = {
      personId: 'SPARE',
      role: 'CONSORTIUM_ADMIN',
      uscc: '11331003000000027U',
      msp: 'AuditMSP',
      key: spare,
    }
    const ending = await county.cast.key('AuditMSP', 'ENDING')
    await county.administer('RegisterPerson', {
      ...{ ...person, personId: 'ENDING', key: ending, validFrom: '2023-01-01', validUntil: '2999-01-01' },
    })
    expect((await send(finance, 'WithdrawPerson', { key })).gives, 'one with a last day').to.equal('STATUS_CONFLICT')
    await county.administer('RegisterPerson', { ...person, validFrom: '2023-01-01' })
    expect((await send(finance, 'WithdrawPerson', { key })).gives).to.equal('PROPOSED')
    expect((await send(finance, 'WithdrawPerson', { key: ending })).gives).to.equal('PROPOSED')
  })

  it('begins with an administrator of each department, each with a key of its own', async () => {
    const administrators = (await administratorsOf(county.cast)) as Fields[]
    const [one, two, three] = administrators
    const { id: genesis, consortium } = county.network
    const organizations = nodeOrganizations(consortium.definition)
    const bootstrap = async (named: unknown[]): Promise<string> => {
      const call = { chaincode: 'charter', function: 'CharterContract:Bootstrap' }
      const argument = { genesis, organizations, administrators: named }
      try {
        const answer = await finance.evaluate({ ...call, arguments: [canonicalize(argument)] })
        return String((JSON.parse(Buffer.from(answer).toString()) as { created: boolean }).created)
      } catch (error) {
        if (error instanceof CaizhengError) return error.code
        throw error
      }
    }
    expect(await bootstrap(administrators)).to.equal('false')
    expect(await bootstrap([one, two])).to.equal('ARGUMENT_MALFORMED')
    expect(await bootstrap([one, two, { ...three, key: one?.['key'] }])).to.equal('ARGUMENT_MALFORMED')
    expect(await bootstrap([...administrators, { ...one, msp: 'TaxMSP', key: 'a'.repeat(64) }])).to.equal(
      'ARGUMENT_MALFORMED',
    )
  })

  it('can be given after reading what was proposed', async () => {
    const { record } = await send(finance, 'RegisterPerson', await officer('D-9'))
    const call = { chaincode: 'charter', function: 'CharterContract:GetProposal', arguments: [record.id] }
    expect(JSON.parse(Buffer.from(await audit.evaluate(call)).toString())).to.deep.equal(record)
  })
}

for (const { name, start, skipped } of await networks()) {
  describe(`consent of administrators: ${name}`, function () {
    this.timeout(300_000)
    if (skipped === undefined) consents(start)
    else it(`skipped: ${skipped}`)
  })
}
