import { transactionTypes } from '@caizheng/chaincode'
import { CaizhengError, type Client } from '@caizheng/client-sdk'
import {
  canonicalize,
  roleNames,
  roles,
  transactionPlaces,
  type Act,
  type Role,
  type TransactionName,
} from '@caizheng/records'
import { expect } from 'chai'
import { administerAs, readPilot, type Pilot } from '../src/index.js'
import { startCounty, type County } from './county.js'
import { withoutFinalAccount, playAll } from './expectation.js'
import { sampleRequests, type Fields } from './requests.js'

/** A person with a certificate of their own, as registered on the chain. */
interface Somebody {
  readonly role: Role
  readonly uscc: string
  readonly client: Client
}

/** Belongs to no project. */
const OUTSIDER = '91330100799655058B'

/** Records of pilot C after its special approval: what requests of this walk are about. */
const place: Fields = {
  projectCode: '2401-331003-05-01-000003',
  contractNo: 'C-WK-01',
  applicationNo: 'C-APP-005',
  approvalNo: 'C-TP-001',
  voucherNo: 'C-WK-01-V001',
}
const SPECIAL_APPROVAL = 98

describe('the authorisation matrix, with a certificate of each role', function () {
  this.timeout(300_000)
  let county: County
  let pilot: Pilot
  let people: readonly Somebody[]
  let requests: ReadonlyMap<TransactionName, Fields>

  before(async () => {
    requests = await sampleRequests()
    county = await startCounty()
    pilot = await readPilot('C-agriculture-irrigation')
    await county.openBackfills(pilot)
    await playAll(
      county,
      pilot,
      withoutFinalAccount(pilot).filter(({ seq, group }) => seq <= SPECIAL_APPROVAL && group === undefined),
    )
    people = [...(await parties()), ...(await outsiders())]
  })
  after(() => county.stop())

  /** The people of the project. */
  async function parties(): Promise<Somebody[]> {
    const persons = pilot.participants.persons as readonly (Pilot['participants']['persons'][number] & {
      uscc: string
    })[]
    return Promise.all(
      persons.map(async ({ personId, role, uscc, msp }) => ({
        role: role as Role,
        uscc,
        client: (await county.cast.person(msp, personId)).client,
      })),
    )
  }

  /** A person of each role who acts for an organisation that is no party. */
  async function outsiders(): Promise<Somebody[]> {
    const found: Somebody[] = []
    const acts: Act[] = []
    for (const role of roleNames) {
      const [msp] = roles[role].msps
      const personId = `OUT-${role}`
      const { client } = await county.cast.person(msp, personId)
      const key = await county.cast.key(msp, personId)
      const person = { personId, role, uscc: OUTSIDER, msp, key, validFrom: '2023-01-01' }
      acts.push({ act: 'RegisterPerson', request: person })
      found.push({ role, uscc: OUTSIDER, client })
    }
    await administerAs(county.cast, acts)
    return found
  }

  /** What one node answers, without writing: `undefined` where it lets the person in. */
  async function refusalOf(client: Client, name: TransactionName, request: Fields): Promise<string | undefined> {
    const { chaincode, contract } = transactionPlaces[name]
    try {
      await client.evaluate({ chaincode, function: `${contract}:${name}`, arguments: [canonicalize(request)] })
      return undefined
    } catch (error) {
      if (!(error instanceof CaizhengError)) throw error
      const verdicts = (error.details as { verdicts?: { rule: string; case?: string }[] } | undefined)?.verdicts ?? []
      const duty = verdicts.find((verdict) => verdict.case === 'ROLE')?.rule
      if (duty !== undefined) return duty
      expect(error.code, error.message).not.to.be.oneOf(['INTERNAL', 'FUNCTION_UNKNOWN'])
      return ['ROLE_NOT_ALLOWED', 'CALLER_NOT_REGISTERED'].includes(error.code) ? error.code : undefined
    }
  }

  /** The request with this walk's records in it, once for each kind of request that the matrix tells apart. */
  function requestsOf(name: TransactionName): Fields[] {
    const sample = requests.get(name)
    if (sample === undefined) throw new Error(`There is no sample of ${name}: add one to requests.ts`)
    const placed = Object.fromEntries(
      Object.entries(sample).map(([field, value]) => [field, place[field] ?? value]),
    ) as Fields
    const kinds = transactionTypes.find((type) => type.name === name)?.authority.map(({ when = {} }) => when) ?? []
    const distinct = new Map(kinds.map((when) => [canonicalize(when), when]))
    return [...distinct.values()].map((when) => ({ ...placed, ...when }))
  }

  for (const { name, authority, duty } of transactionTypes) {
    it(`${name}: lets in whom it says, and nobody else`, async () => {
      const contract = {
        owner: '123310030000010384',
        contractor: '91331003000002030D',
        supervision: '91331003000003033X',
      }
      const parties: Readonly<Record<string, string>> = contract
      for (const request of requestsOf(name as TransactionName)) {
        const answers = await Promise.all(
          people.map(({ client }) => refusalOf(client, name as TransactionName, request)),
        )
        for (const [index, { role, uscc }] of people.entries()) {
          const lets = authority.some(
            (row) =>
              row.role === role &&
              (row.of === undefined || parties[row.of] === uscc) &&
              Object.entries(row.when ?? {}).every(([field, value]) => request[field] === value),
          )
          const expected = lets ? undefined : (duty ?? 'ROLE_NOT_ALLOWED')
          expect(answers[index], `${role} of ${uscc}: ${canonicalize(request).slice(0, 200)}`).to.equal(expected)
        }
      }
    })
  }

  it('lets nobody in whose key is not registered, was withdrawn, or is not valid yet or any more', async () => {
    const { cast } = county
    const register = async (personId: string, valid: Fields): Promise<{ client: Client; key: string }> => {
      const { client } = await cast.person('FinanceMSP', personId)
      const key = await cast.key('FinanceMSP', personId)
      const person = { personId, role: 'CONSORTIUM_ADMIN', uscc: OUTSIDER, msp: 'FinanceMSP', key }
      await county.administer('RegisterPerson', { ...person, validFrom: '2023-01-01', ...valid })
      return { client, key }
    }
    const withdrawn = await register('KEY-WITHDRAWN', {})
    expect(await refusalOf(withdrawn.client, 'WithdrawPerson', { key: withdrawn.key })).to.equal(undefined)
    await county.administer('WithdrawPerson', { key: withdrawn.key })
    const expired = await register('KEY-EXPIRED', { validUntil: '2024-01-01' })
    const early = await register('KEY-EARLY', { validFrom: '2999-01-01' })
    const { client: unknown } = await cast.person('FinanceMSP', 'KEY-UNKNOWN')
    for (const { name } of transactionTypes) {
      for (const request of requestsOf(name as TransactionName)) {
        for (const client of [withdrawn.client, expired.client, early.client, unknown]) {
          expect(await refusalOf(client, name as TransactionName, request), name).to.equal('CALLER_NOT_REGISTERED')
        }
      }
    }
  })
})
