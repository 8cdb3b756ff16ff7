import { expect } from 'chai'
import { pilotNames, play, readPilot, transactionOf, type Pilot, type Step } from '../src/index.js'
import { startCounty, type County } from './county.js'

/** Transactions of the first half that are not on the chain yet. */
const elsewhere = ['publishDisclosure', 'anchorDocument']

/** From approval to payment: the steps before the works are complete, and those of a project that comes under way. */
function firstHalf({ steps }: Pilot): readonly Step[] {
  const completed = steps.find(({ transaction }) => transaction === 'reportCompletion')?.seq ?? 0
  return steps.filter(({ seq, group }) => seq < completed || group === 'R47')
}

/** The figures that a step must give beside its verdicts, in the record that was written. */
function expectFigures({ expect: expected }: Step, record: unknown, where: string): void {
  const { status, vouchers } = (record ?? {}) as { status?: string; vouchers?: readonly object[] }
  const { applicationStatus, balanceStatus } = expected
  if (applicationStatus !== undefined) expect(status, where).to.equal(applicationStatus)
  if (balanceStatus !== undefined) expect(status, where).to.equal(balanceStatus)
  const issued = expected['vouchers'] as readonly object[] | undefined
  for (const [index, voucher] of (issued ?? []).entries()) expect(vouchers?.[index], where).to.include(voucher)
}

describe('the pilots, on one ledger', function () {
  this.timeout(300_000)
  let county: County | undefined

  before(async () => {
    county = await startCounty()
  })
  after(() => county?.stop())

  for (const name of pilotNames) {
    it(`${name}: each step gives what it must give`, async () => {
      const pilot = await readPilot(name)
      const codes = new Set(pilot.steps.map(({ input }) => input['projectCode']).filter((code) => code !== undefined))
      for (const code of codes) {
        if (/^\d{4}-\d{6}-\d\d-\d\d-\d{6}$/.test(code as string)) await county?.openBackfill(code as string)
      }
      for (const step of firstHalf(pilot)) {
        const transaction = transactionOf(step)
        if (transaction === undefined) {
          expect(elsewhere, `${name}, step ${step.seq}`).to.include(step.transaction)
          continue
        }
        const given = await play((county as County).cast, pilot, step, transaction)
        const where = `${name}, step ${step.seq}, ${step.transaction} by ${step.actor}: ${given.refusal ?? ''}`
        const { status, rules, outcomes = {} } = step.expect
        expect({ status: given.status, rules: given.rules, outcomes: given.outcomes }, where).to.deep.equal({
          status,
          rules,
          outcomes,
        })
        expectFigures(step, given.record, where)
      }
    })
  }
})
