import type { Person, Proposal } from '@caizheng/records'
import { expect } from 'chai'
import { cannotAct } from '../src/business/actor.js'
import { lapsed } from '../src/transactions/charter/consents.js'

const key = 'a'.repeat(64)
const person: Person = {
  ...{ kind: 'person', version: 1, personId: 'P', role: 'BUDGET_OFFICER', uscc: '113310030000000191', key },
  ...{ msp: 'FinanceMSP', validFrom: '2026-01-02', time: '2026-01-01T00:00:00.000Z', tx: key },
}
const suspended = (...until: string[]): Person => ({
  ...person,
  suspensions: until.map((end) => ({ msp: 'AuditMSP', by: key, reason: '被盗', time: person.time, until: end })),
})

describe('what lets a key act', () => {
  it('is its days, in Asia/Shanghai', () => {
    expect(cannotAct(person, '2026-01-01T15:59:59.999Z')).to.equal('the key is valid from 2026-01-02')
    expect(cannotAct(person, '2026-01-01T16:00:00.000Z')).to.equal(undefined)
    const ending = { ...person, validUntil: '2026-01-03' }
    expect(cannotAct(ending, '2026-01-03T15:59:59.999Z')).to.equal(undefined)
    expect(cannotAct(ending, '2026-01-03T16:00:00.000Z')).to.include('to 2026-01-03')
  })

  it('is missing for ever once it was withdrawn, and while the last suspension runs', () => {
    const withdrawn = { ...person, withdrawnAt: '2026-03-01T00:00:00.000Z' }
    expect(cannotAct(withdrawn, '2026-03-01T00:00:00.000Z')).to.include('withdrawn')
    const twice = suspended('2026-03-08T00:00:00.000Z', '2026-03-10T00:00:00.000Z')
    expect(cannotAct(twice, '2026-03-09T23:59:59.999Z')).to.include('suspended by AuditMSP')
    expect(cannotAct(twice, '2026-03-10T00:00:00.000Z')).to.equal(undefined)
  })
})

describe('a proposal', () => {
  const proposal: Proposal = {
    ...{ kind: 'proposal', version: 1, id: key, status: 'PROPOSED', consents: [], time: person.time, tx: key },
    ...{ acts: [{ act: 'WithdrawPerson', request: { key } }], until: '2026-02-01T00:00:00.000Z' },
  }

  it('lapses after its end, unless it is in force', () => {
    expect(lapsed(proposal, '2026-02-01T00:00:00.000Z')).to.equal(false)
    expect(lapsed(proposal, '2026-02-01T00:00:00.001Z')).to.equal(true)
    expect(lapsed({ ...proposal, status: 'IN_FORCE' }, '2026-02-01T00:00:00.001Z')).to.equal(false)
  })
})
