import { expect } from 'chai'
import { pilotNames, readPilot } from '../src/index.js'
import { auditOf, told } from './audit.js'
import { startCounty, type County } from './county.js'
import { withoutFinalAccount, playAll } from './expectation.js'
import { networks } from './networks.js'

for (const { name: network, start, skipped } of await networks()) {
  describe(`the pilots, on one ledger: ${network}`, function () {
    if (skipped !== undefined) {
      it(`skipped: ${skipped}`)
      return
    }
    this.timeout(600_000)
    let county: County | undefined

    before(async () => {
      county = await startCounty(start)
    })
    after(() => county?.stop())

    for (const name of pilotNames) {
      it(`${name}: each step gives what it must give`, async () => {
        const pilot = await readPilot(name)
        await county?.openBackfills(pilot)
        await playAll(county as County, pilot, withoutFinalAccount(pilot))
      })
    }

    it('an audit of the ledger: every verdict and every write comes out again', async () => {
      const report = await auditOf(county as County)
      expect(told(report)).to.deep.equal([])
      expect(report.outcome).to.equal('SOUND')
      expect(report.counts.replayed).to.be.greaterThan(100)
    })
  })
}
