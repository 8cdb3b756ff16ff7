import { transactionTypes } from '@caizheng/chaincode'
import { CaizhengError, type Client } from '@caizheng/client-sdk'
import {
  canonicalize,
  RecordError,
  transactionPlaces,
  type CanonicalValue,
  type TransactionName,
} from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import { startCounty, type County } from './county.js'
import { accepts, sampleDocument, sampleRequests } from './requests.js'

const requests = await sampleRequests()

/** Where a value of a request is: `lines`, `0`, `amountFen`. */
type Path = readonly string[]

/** Every value of a request, objects and lists too, with its place. */
function* valuesOf(value: CanonicalValue, path: Path = []): Generator<[Path, CanonicalValue]> {
  yield [path, value]
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) yield* valuesOf(member, [...path, name])
}

/** The request with another value at a place. */
function changed(value: CanonicalValue, [name, ...rest]: Path, other: unknown): CanonicalValue {
  if (name === undefined) return other as CanonicalValue
  const copy = structuredClone(value) as Record<string, CanonicalValue>
  copy[name] = changed(copy[name] as CanonicalValue, rest, other)
  return copy
}

const notWholeFen = ['1.5', '+1', '01', '1e3', '1,000', ' 1', '１', '0x1', '', '1000000000000001', '9'.repeat(400)]
const notDays = ['2024-02-30', '2023-02-29', '2024-13-01', '2024-1-1', '20240101', '2024-01-01T00:00:00Z', '明天']

/** What must never be in the place of a value, by what the value is. */
function wrongFor(path: Path, value: CanonicalValue): unknown[] {
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? ''
  if (Array.isArray(value)) return [null, 'x', 1, {}, true]
  if (typeof value === 'object') return value === null ? [1, true, []] : [null, 'x', 1, [], { ...value, surprise: 1 }]
  if (typeof value === 'boolean') return [null, 'true', 0, 1, []]
  // A setting's value, and a place on the earth, may be below nothing.
  if (typeof value === 'number') return [null, String(value), 1.5, 2 ** 53, -(2 ** 53), 1e300, true, [value]]
  const wrong: unknown[] = [null, 1, 1.5, true, {}, [value], `${value}\u0000`, `${value} `, ' ', '\ufeff']
  if (/Fen$|Milli$/.test(name)) wrong.push(...notWholeFen, '-0', '--1', '-1000000000000001')
  if (/^\d{4}-\d\d-\d\d$/.test(value)) wrong.push(...notDays)
  if (/uscc$/i.test(name)) wrong.push(`${value.slice(0, 17)}${value.endsWith('0') ? '1' : '0'}`, value.slice(1))
  if (name === 'projectCode') wrong.push(value.replaceAll('-', ''), `${value}0`, value.replace('0', 'O'))
  if (/^[0-9a-f]{64}$/.test(value)) wrong.push(value.slice(1), `${value}0`, value.toUpperCase().replace(/^./, 'G'))
  if (name === 'invoiceNo') wrong.push(value.slice(1), `${value}0`)
  return wrong
}

/** What may be in the place of a value although it is not of its kind. */
function allowed(path: Path, other: unknown): boolean {
  // A contract without a provisional sum says so.
  return path.join('.') === 'provisionalSubItem' && other === null
}

describe('the form of a request', () => {
  it('is tried of every transaction', () => {
    expect([...requests.keys()]).to.have.members(transactionTypes.map(({ name }) => name))
  })

  for (const [name, request] of requests) {
    it(`of ${name} takes no value of another kind, no fraction, no amount that is not whole fen, no field besides`, () => {
      expect(accepts(name, request), 'the sample itself').to.equal(true)
      let tried = 0
      for (const [path, value] of valuesOf(request)) {
        for (const other of wrongFor(path, value)) {
          if (allowed(path, other)) continue
          const where = `${path.join('.')}: ${String(JSON.stringify(other)).slice(0, 80)}`
          expect(accepts(name, changed(request, path, other)), where).to.equal(false)
          tried++
        }
      }
      expect(tried).to.be.greaterThan(10)
    })
  }

  it('takes amounts below nothing only where a change takes something away', () => {
    const signed = new Set<string>()
    for (const [name, request] of requests) {
      for (const [path, value] of valuesOf(request)) {
        const field = path.at(-1) ?? ''
        if (typeof value !== 'string' || !/Fen$|Milli$/.test(field)) continue
        if (accepts(name, changed(request, path, '-1'))) signed.add(`${name} ${field}`)
      }
    }
    expect([...signed].sort()).to.deep.equal(['ProposeChangeOrder amountFen', 'ProposeChangeOrder qtyMilli'])
  })

  it('takes the moment of an event only as a UTC timestamp with milliseconds', () => {
    for (const [name, request] of requests) {
      expect(accepts(name, { ...request, at: '2024-01-08T01:00:00.000Z' }), name).to.equal(true)
      for (const at of ['2024-01-08', '2024-01-08T01:00:00Z', '2024-01-08T09:00:00.000+08:00', 0, null, '']) {
        expect(accepts(name, { ...request, at }), `${name} ${at}`).to.equal(false)
      }
    }
  })

  it('is no accident: any JSON is refused, and always as malformed', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()))
    fc.assert(
      fc.property(fc.constantFrom(...transactionTypes), anything, ({ request }, value) => {
        expect(() => request.parse(value)).to.throw(RecordError)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('bad input on a network', function () {
  this.timeout(120_000)
  let county: County
  const owner = '123310030000010384'
  const project = { projectCode: '2401-331003-05-01-000003', name: '灌区改造', ownerUscc: owner }
  const organisation = { orgId: 'X', name: '某公司', kind: 'contractor', uscc: '91331003000002030D', msp: 'PartiesMSP' }

  before(async () => {
    county = await startCounty()
    for (const [personId, role, msp, uscc] of [
      ['DEV', 'DEVELOPMENT_OFFICER', 'DevelopmentMSP', '11331003000000035N'],
      ['LEAD', 'OWNER_PROJECT_LEAD', 'PartiesMSP', owner],
    ] as const) {
      const person = { personId, role, msp, uscc, key: await county.cast.key(msp, personId), validFrom: '2023-01-01' }
      await county.administer('RegisterPerson', person)
    }
    const { client } = await county.cast.person('DevelopmentMSP', 'DEV')
    await client.transact('CreateProject', project)
    await county.administer('RegisterOrganisation', organisation)
  })
  after(() => county.stop())

  const clientOf = async (who: string): Promise<Client> =>
    who === 'GENESIS-ADMIN'
      ? county.administrator
      : (await county.cast.person(who === 'DEV' ? 'DevelopmentMSP' : 'PartiesMSP', who)).client

  const canonical = (request: object): string => canonicalize(request)
  const attestation = {
    ...{ projectCode: project.projectCode, type: 'ESTIMATE_APPROVAL', number: 'N-1', issuedOn: '2024-01-08' },
    document: sampleDocument,
  }
  const tender = {
    ...{ projectCode: project.projectCode, tenderNo: 'T-1', method: 'open', category: 'WORKS' },
    ...{ tenderCeilingFen: '400000000', noticeDate: '2024-01-01', bidDeadline: '2024-01-20' },
  }

  const cases: readonly [
    what: string,
    who: string,
    name: TransactionName,
    argument: string,
    code: string,
    rule?: string,
  ][] = [
    ['no JSON', 'DEV', 'CreateProject', 'project', 'ARGUMENT_NOT_CANONICAL'],
    ['a fraction', 'DEV', 'CreateProject', '{"projectCode":1.5}', 'ARGUMENT_NOT_CANONICAL'],
    ['a key twice', 'DEV', 'CreateProject', '{"name":"a","name":"b"}', 'ARGUMENT_NOT_CANONICAL'],
    ['a space too many', 'DEV', 'CreateProject', `${canonical(project)} `, 'ARGUMENT_NOT_CANONICAL'],
    ['a field besides', 'DEV', 'CreateProject', canonical({ ...project, stage: '评价' }), 'ARGUMENT_MALFORMED'],
    [
      'a wrong project code',
      'DEV',
      'CreateProject',
      canonical({ ...project, projectCode: '2401' }),
      'ARGUMENT_MALFORMED',
      'R27',
    ],
    [
      'a wrong check character',
      'DEV',
      'CreateProject',
      canonical({ ...project, ownerUscc: '123310030000010385' }),
      'ARGUMENT_MALFORMED',
      'R28',
    ],
    [
      'an amount of more than 10¹⁵',
      'LEAD',
      'RecordTenderNotice',
      canonical({ ...tender, tenderCeilingFen: '1000000000000001' }),
      'ARGUMENT_MALFORMED',
      'R26',
    ],
    [
      'an amount below nothing',
      'LEAD',
      'RecordTenderNotice',
      canonical({ ...tender, tenderCeilingFen: '-1' }),
      'ARGUMENT_MALFORMED',
      'R26',
    ],
    ['a bid a day too short', 'LEAD', 'RecordTenderNotice', canonical(tender), 'RULES_BROKEN', 'R33'],
    ['a gate before the one it needs', 'DEV', 'RecordAttestation', canonical(attestation), 'RULES_BROKEN', 'R14'],
    [
      'the same project with another owner',
      'DEV',
      'CreateProject',
      canonical({ ...project, ownerUscc: organisation.uscc }),
      'RECORD_EXISTS',
    ],
    [
      'the same organisation with another name',
      'GENESIS-ADMIN',
      'RegisterOrganisation',
      canonical({ ...organisation, name: '另一公司' }),
      'RECORD_EXISTS',
    ],
    [
      'a past event without a backfill',
      'LEAD',
      'RecordTenderNotice',
      canonical({ ...tender, at: '2024-01-01T01:00:00.000Z' }),
      'BACKFILL_NOT_OPEN',
    ],
    ['a role that may not', 'LEAD', 'CreateProject', canonical(project), 'ROLE_NOT_ALLOWED'],
    ['a key that nobody registered', 'NOBODY', 'CreateProject', canonical(project), 'CALLER_NOT_REGISTERED'],
    [
      'a project that there is not',
      'LEAD',
      'RecordTenderNotice',
      canonical({ ...tender, projectCode: '2401-331003-05-01-000009' }),
      'RECORD_NOT_FOUND',
    ],
    [
      "a role of another department's certificates",
      'GENESIS-ADMIN',
      'RegisterPerson',
      canonical({
        personId: 'FORGED',
        role: 'CHIEF_SUPERVISION_ENGINEER',
        uscc: owner,
        msp: 'ConstructionMSP',
        key: 'e'.repeat(64),
        validFrom: '2023-01-01',
      }),
      'CALLER_NOT_ALLOWED',
    ],
    [
      'a pseudonym with a second key',
      'GENESIS-ADMIN',
      'RegisterPerson',
      canonical({
        personId: 'LEAD',
        role: 'OWNER_PROJECT_LEAD',
        uscc: owner,
        msp: 'PartiesMSP',
        key: 'f'.repeat(64),
        validFrom: '2023-01-01',
      }),
      'RECORD_EXISTS',
    ],
    [
      'a structural rule switched off',
      'GENESIS-ADMIN',
      'SetSettings',
      canonical({ number: 1, effectiveDate: '2024-01-01', modes: { R05: 'OFF' }, values: {} }),
      'ARGUMENT_MALFORMED',
    ],
    [
      'settings that leave a number out',
      'GENESIS-ADMIN',
      'SetSettings',
      canonical({ number: 2, effectiveDate: '2024-01-01', modes: {}, values: {} }),
      'STATUS_CONFLICT',
    ],
    [
      'a backfill of more than 90 days',
      'GENESIS-ADMIN',
      'OpenBackfill',
      canonical({ projectCode: project.projectCode, reason: '补录', until: '2999-01-01T00:00:00.000Z' }),
      'STATUS_CONFLICT',
    ],
  ]

  for (const [what, who, name, argument, code, rule] of cases) {
    it(`${what} is refused with ${code}${rule === undefined ? '' : `, ${rule}`}, and nothing is written`, async () => {
      const client = await clientOf(who)
      const before = await client.height()
      const { chaincode, contract } = transactionPlaces[name]
      const call = { chaincode, function: `${contract}:${name}`, arguments: [argument] }
      const error: unknown = await client.submit(call).catch((refusal: unknown) => refusal)
      expect(error).to.be.instanceOf(CaizhengError)
      const { code: given, details } = error as CaizhengError
      expect(given).to.equal(code)
      if (rule !== undefined) {
        const { verdicts = [], issues = [] } = details as {
          verdicts?: { rule: string }[]
          issues?: { problem: string }[]
        }
        const named = [
          ...verdicts.map((one) => one.rule),
          ...issues.map(({ problem }) => /\((R\d\d)\)/.exec(problem)?.[1]),
        ]
        expect(named).to.deep.equal([rule])
      }
      expect(await client.height()).to.equal(before)
    })
  }
})
