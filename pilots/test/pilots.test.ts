import { verifyVouchers } from '@caizheng/evidence'
import type { Voucher } from '@caizheng/records'
import { expect } from 'chai'
import { pilotNames, readPilot } from '../src/index.js'
import { auditOf, told } from './audit.js'
import { askAll, proveRows } from './asking.js'
import { failures, proveSettlements, withOtherSum, wrongWith } from './complete.js'
import { startCounty, type County } from './county.js'
import { withoutFinalAccount, playAll } from './expectation.js'
import { networks } from './networks.js'
import { trustOf } from './trust.js'

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

    it('each settlement proves its vouchers complete; what is left out or changed is named', async () => {
      const { administrator } = county as County
      const trust = await trustOf(county as County, ['charter', 'payment'])
      const files = await proveSettlements(administrator, trust)
      expect(files.size).to.equal(3)
      const file = files.get('A-WK-01') as Uint8Array
      const wrong = (change: Parameters<typeof wrongWith>[2]) => wrongWith(file, trust, change)
      expect(wrong((all) => all.toSpliced(2, 1))[0]).to.equal('VOUCHER_MISSING: voucher A-WK-01-V003 is left out')
      expect(wrong((all) => all.slice(0, -1))[0]).to.equal('VOUCHER_MISSING: voucher A-WK-01-V015 is left out')
      expect(wrong((all) => [...all, ...all.slice(0, 1)])[0]).to.equal(
        'VOUCHER_TWICE: voucher A-WK-01-V001 is given twice',
      )
      expect(wrong((all) => all.toReversed())).to.deep.equal(['VOUCHER_ORDER: voucher A-WK-01-V015 is out of order'])
      const changed = (change: Partial<Voucher>) =>
        wrong((all) => all.map((voucher, i) => (i === 1 ? { ...voucher, ...change } : voucher)))
      expect(changed({ amountFen: '1' })[0]).to.include('VOUCHER_CHANGED: voucher A-WK-01-V002')
      expect(changed({ budgetQuotaNo: 'A-ZB-9' })).to.have.length(1)
      expect(changed({ status: 'RETURNED' })).to.deep.equal([
        'VOUCHER_SUM: cancelledFen is 90000000 fen by these vouchers, 0 by the nodes',
      ])
      expect(failures(verifyVouchers(withOtherSum(file), trust))[0]).to.include('ENDORSER_SIGNATURE')
    })

    it('auditors ask: what belongs together, its past, its money, its alerts, as of a day', async () => {
      const { administrator } = county as County
      await askAll(administrator)
      await proveRows(administrator, await trustOf(county as County, ['charter', 'payment']))
    })

    it('an audit of the ledger: every verdict and every write comes out again', async () => {
      const report = await auditOf(county as County)
      expect(told(report)).to.deep.equal([])
      expect(report.outcome).to.equal('SOUND')
      expect(report.counts.replayed).to.be.greaterThan(100)
    })
  })
}
