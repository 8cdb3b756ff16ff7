import { verifyVouchers } from '@caizheng/evidence'
import { expect } from 'chai'
import type { Explanation, Voucher } from '@caizheng/records'
import { pilotNames, play, readPilot, type Step } from '../src/index.js'
import { auditOf, told } from './audit.js'
import { askAll, proveRows } from './asking.js'
import { failures, proveSettlements, withOtherSum, wrongWith } from './complete.js'
import { startCounty, type County } from './county.js'
import { withoutFinalAccount, playAll } from './expectation.js'
import { expectReplays, saidOf } from './explained.js'
import { networks } from './networks.js'
import { trustOf } from './trust.js'

for (const { name: network, start, skipped } of await networks()) {
  describe(`the pilots, on one ledger: ${network}`, function () {
    if (skipped !== undefined) {
      it(`skipped: ${skipped}`)
      return
    }
    this.timeout(600_000)
    let county: County
    let explained: ReadonlyMap<string, Explanation>

    before(async () => {
      county = await startCounty(start)
    })
    after(() => county?.stop())

    for (const name of pilotNames) {
      it(`${name}: each step gives what it must give`, async () => {
        const pilot = await readPilot(name)
        await county.openBackfills(pilot)
        await playAll(county, pilot, withoutFinalAccount(pilot))
      })
    }

    it('each settlement proves its vouchers complete; what is left out or changed is named', async () => {
      const { administrator } = county
      const trust = await trustOf(county, ['charter', 'payment'])
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
      const { administrator } = county
      await askAll(administrator)
      await proveRows(administrator, await trustOf(county, ['charter', 'payment']))
    })

    it('every application replays to the letter, with the moments of its steps and vouchers', async () => {
      explained = await expectReplays(county)
      expect(explained.size).to.be.greaterThan(18)
      expect(new Set([...explained.values()].map(({ status }) => status)))
        .to.include('HELD')
        .and.include('PAID')
    })

    it('the figures, what is missing and from whom are said', () => {
      const said = (no: string) => saidOf(explained.get(no) as Explanation)
      expect(said('A-APP-007')).to.deep.equal([
        'R02 | PROGRESS_RATE | HOLD | ≤ 9,200,000.00 元 × 85% = 7,820,000.00 元 | 8,073,000.00 元 | 25300000',
        '核减后重报，或先完成计量：施工单位项目经理（示例施工单位A）',
      ])
      expect(said('A-APP-003')).to.deep.equal([
        'R07 | UNSIGNED | HOLD | 第 2 期计量由总监理工程师签字 | 未签字 | 0',
        '由总监理工程师签署本期计量，之后重报：总监理工程师（示例监理单位A）、施工单位项目经理（示例施工单位A）',
      ])
      expect(said('C-APP-002')).to.deep.equal([])
    })

    it('who did each step, and the time between', () => {
      const { steps, vouchers, rules, specialApproval } = explained.get('C-APP-005') as Explanation
      expect(steps.map(({ step, by }) => `${step} ${by?.role ?? ''}`.trim())).to.deep.equal([
        'SUBMITTED CONTRACTOR_PROJECT_MANAGER',
        'HELD',
        'PAYABLE OWNER_PROJECT_LEAD',
        'OWNER_APPROVED OWNER_PAYMENT_OFFICER',
        'APPROVED FINANCE_APPROVER',
        'PARTLY_PAID',
        'PAID',
      ])
      expect(steps[2]?.after).to.equal(Date.parse(steps[2]?.at ?? '') - Date.parse(steps[1]?.at ?? ''))
      expect(specialApproval).to.equal('C-TP-001')
      expect(rules.map(({ rule, outcome }) => (outcome === 'PASS' ? '' : rule)).filter(Boolean)).to.deep.equal(['R11'])
      expect(vouchers.every(({ status, receiptAt }) => status === 'PAID' && receiptAt !== undefined)).to.equal(true)
    })

    it('old verdicts replay under the settings of their day after others came, and a new one under the new', async () => {
      // From before every application on, so that nothing but the number that each keeps can tell which set was meant.
      const set = { effectiveDate: '2023-01-01', modes: { R02: 'OFF' }, values: { 'R11.maxAgeHours': 1 } }
      await county.administer('SetSettings', { number: 2, ...set })
      await county.settle()
      expect(await expectReplays(county)).to.deep.equal(explained)

      const pilot = await readPilot('A-municipal-road')
      const step = pilot.steps.find(({ input }) => input['applicationNo'] === 'A-APP-007') as Step
      const { supersedes, ...input } = step.input
      expect(supersedes).to.equal(undefined)
      const another = { ...step, input: { ...input, applicationNo: 'A-APP-107' } }
      expect((await play(county.cast, pilot, another)).status).to.equal('HELD')
      await county.settle()
      const { settings, replayed, rules } = await county.administrator.explain('A-APP-107')
      expect({ settings: settings.number, replayed }).to.deep.equal({ settings: 2, replayed: true })
      const of = (id: string) => rules.find(({ rule }) => rule === id)
      expect(of('R02')).to.include({ mode: 'OFF', outcome: 'PASS' })
      expect(of('R02')?.conditions).to.deep.equal([])
      expect(of('R11')?.conditions.find((one) => one.case === 'AGE')?.expected).to.match(/within 1 hours$/)
    })

    it('the list of exceptions has what was held, passed by special approval, marked, alerted, let in', async () => {
      const listed = async (project: string, pageSize: number) => {
        const entries: string[] = []
        for await (const { id, exception, status } of county.administrator.exceptions(project, { pageSize })) {
          const rules = [...new Set(exception.verdicts.map(({ rule }) => rule))].join(' ')
          entries.push([exception.type, exception.subject, rules, status ?? ''].join(' | '))
          if (exception.basis === undefined) continue
          expect((await county.administrator.explainException(id)).replayed, id).to.equal(true)
        }
        return entries
      }
      const [small, large] = [
        await listed('2401-331003-05-01-000003', 2),
        await listed('2401-331003-05-01-000003', 100),
      ]
      expect(small).to.deep.equal(large)
      expect(large).to.deep.equal([
        'ALERT | alert:R37:C-WK-01:2024-06-14 | R37 | ',
        'ALERT | alert:R37:C-WK-01:2024-06-15 | R37 | ',
        'FLAG | siteEvidence:C-WK-01:C-EV-2024-07-15 | R24 | ',
        'FLAG | measure:C-WK-01:2 | R39 | ',
        'HELD | application:C-APP-003 | R05 | HELD',
        'HELD | application:C-APP-004 | R45 | HELD',
        'HELD | application:C-APP-005 | R11 | PAID',
        'SPECIAL_APPROVAL | application:C-APP-005 |  | PAID',
        'BACKFILL | backfill:2401-331003-05-01-000003 |  | ',
      ])
      expect(await listed('2211-331003-05-01-000004', 1)).to.deep.equal([
        'OPENING_BALANCE | openingBalance:2211-331003-05-01-000004 |  | ',
        'BACKFILL | backfill:2211-331003-05-01-000004 |  | ',
      ])
    })

    it('an audit of the ledger: every verdict and every write comes out again', async () => {
      const report = await auditOf(county)
      expect(told(report)).to.deep.equal([])
      expect(report.outcome).to.equal('SOUND')
      expect(report.counts.replayed).to.be.greaterThan(100)
    })
  })
}
