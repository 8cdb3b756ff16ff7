import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  initialSettings,
  mirroredKinds,
  parseContractFault,
  roleNames,
  transactionPlaces,
  witnesses,
} from '@caizheng/records'
import { expect } from 'chai'
import { authorise } from '../src/business/authority.js'
import { Judgement } from '../src/business/judgement.js'
import type { Party } from '../src/business/transaction.js'
import { transactionTypes } from '../src/transactions/index.js'
import { readAuthorityPage, type AuthorityLine } from './pages/authority-page.js'

const table = readAuthorityPage(readFileSync(join(__dirname, '../../../docs/authority.md'), 'utf8'))

/** One organisation for each party, and one that is none. */
const parties: Readonly<Record<Party, string>> = {
  owner: '12331003000001011C',
  contractor: '91330100799655058B',
  supervision: '9144030071526726XG',
  survey: '91331003000002014P',
  design: '913310030000030178',
}
const organisations = [...Object.values(parties), '113310030000000191']

/** Every request that a transaction's lines tell apart, and one that none of them names. */
function requestsOf(lines: readonly AuthorityLine[]): Record<string, string>[] {
  const named = lines.flatMap(({ when }) => (when === undefined ? [] : [when]))
  const [first] = named
  return first === undefined ? [{}] : [...named, { [Object.keys(first)[0] as string]: 'ANOTHER' }]
}

/** What the code does: `undefined`, or the code or the rule of the refusal. */
function refusalOf(...[type, actor, place, request]: Without<Parameters<typeof authorise>>): string | undefined {
  try {
    authorise(type, actor, place, request, new Judgement(initialSettings, '2026-11-23'))
    return undefined
  } catch (error) {
    const fault = parseContractFault((error as Error).message)
    const verdicts = fault?.details['verdicts'] as readonly { readonly rule: string }[] | undefined
    return fault?.code === 'RULES_BROKEN' ? verdicts?.[0]?.rule : fault?.code
  }
}

type Without<P> = P extends [...infer Rest, Judgement] ? Rest : never

/** Whether a line of the table lets somebody send a request. */
function lets(line: AuthorityLine, role: string, uscc: string | undefined, request: Record<string, string>): boolean {
  if (line.role !== '*' && line.role !== role) return false
  if (line.of !== undefined && parties[line.of] !== uscc) return false
  return Object.entries(line.when ?? {}).every(([field, value]) => request[field] === value)
}

describe('the authorisation matrix', () => {
  it('has every transaction that has a place, and no other', () => {
    const names = transactionTypes.map(({ name }) => name)
    expect(names).to.have.members(Object.keys(transactionPlaces))
    expect(new Set(table.map(({ transaction }) => transaction))).to.deep.equal(new Set(names))
  })

  for (const type of transactionTypes) {
    it(`lets ${type.name} be sent by those whom docs/authority.md names, and by nobody else`, () => {
      const lines = table.filter(({ transaction }) => transaction === type.name)
      const otherwise = lines[0]?.otherwise
      let refused = 0
      for (const request of requestsOf(lines)) {
        for (const role of roleNames) {
          for (const uscc of organisations) {
            const where = `${role} of ${uscc}, ${JSON.stringify(request)}`
            const actor = { role, uscc }
            const expected = (as?: string) =>
              lines.some((line) => lets(line, role, as, request)) ? undefined : otherwise
            expect(refusalOf(type, actor, { parties }, request), where).to.equal(expected(uscc))
            // Where the records name no such party, nobody acts for it.
            expect(refusalOf(type, actor, {}, request), `${where}, no parties`).to.equal(expected())
            if (expected(uscc) !== undefined) refused++
          }
        }
      }
      if (lines.every(({ role }) => role !== '*')) expect(refused).to.be.greaterThan(0)
    })
  }

  it('has audit witness, and lets it approve nothing (R44)', () => {
    const audit = table.filter(({ role }) => role === 'AUDIT_WITNESS')
    expect(audit.map(({ transaction }) => transaction)).to.deep.equal(['WitnessRecord'])
  })

  it('has nothing wait for a witness: nothing else reads one, and no copy goes to payment (R44)', () => {
    const root = join(__dirname, '../../src')
    const readers = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && /\bwitnesses\b/.test(readFileSync(join(root, name), 'utf8')))
      .map((name) => basename(name))
    expect(readers).to.deep.equal(['witness-record.ts'])
    expect(mirroredKinds.has(witnesses.kind)).to.equal(false)
  })
})
