import { expect } from 'chai'
import { pilotNames, play, readPilot, transactionOf } from '../src/index.js'
import { startCounty, type County } from './county.js'

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
      for (const step of pilot.steps) {
        const transaction = transactionOf(step)
        if (transaction === undefined) continue
        const given = await play((county as County).cast, pilot, step, transaction)
        const where = `${name}, step ${step.seq}, ${step.transaction} by ${step.actor}: ${given.refusal ?? ''}`
        const { status, rules, outcomes = {} } = step.expect
        expect({ status: given.status, rules: given.rules, outcomes: given.outcomes }, where).to.deep.equal({
          status,
          rules,
          outcomes,
        })
      }
    })
  }
})
