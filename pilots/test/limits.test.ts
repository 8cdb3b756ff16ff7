import type { CanonicalValue } from '@caizheng/records'
import { expect } from 'chai'
import { requestOf } from '../src/request.js'
import { stateOf } from './ledger.js'
import { document, Life, type Sent } from './life.js'

const PROJECT = '2303-331003-04-01-000001'
const CONTRACT = 'A-WK-01'
const OTHER_FIRM = '91330100799655058B'

describe('limits that hold from elsewhere', function () {
  this.timeout(60_000)
  let life: Life

  before(async () => {
    life = await Life.upTo(62)
  })
  after(() => life?.stop())

  const refused = ({ outcome, rules }: Sent, code: string, ...broken: string[]) => {
    expect({ outcome, rules }).to.deep.equal({ outcome: code, rules: broken })
  }
  const record = async (chaincode: 'charter' | 'payment', key: string) =>
    (await stateOf(life.county.administrator, chaincode)).get(key) as Readonly<Record<string, CanonicalValue>>
  const stepOf = (seq: number) => {
    const step = life.pilot.steps.find((one) => one.seq === seq)
    if (step === undefined) throw new Error(`the pilot has no step ${seq}`)
    return requestOf(step, '', life.pilot)
  }

  it('a contract’s owner is the project’s', async () => {
    const { at, ...contract } = stepOf(53)
    expect(at).to.be.a('string')
    const other = { ...contract, contractNo: 'A-WK-02', ownerUscc: OTHER_FIRM }
    refused(await life.send('A-OWN-LEAD', 'RegisterContract', other), 'STATUS_CONFLICT')
  })

  it('an advance that names a period takes none from the progress payments', async () => {
    const { at, ...application } = stepOf(64)
    expect(at).to.be.a('string')
    const advance = await life.send('A-CTR-PM', 'SubmitApplication', { ...application, periodNo: 1 })
    expect(advance.outcome).to.equal('PAYABLE')
    expect(await record('payment', `application:${application['applicationNo'] as string}`)).to.include({ periodNo: 1 })
    expect(await record('payment', `periodPayment:${CONTRACT}:1`)).to.equal(undefined)
  })

  const invoiceNo = '23332000000000000991'
  const cost = (costNo: string, amountFen: string) => ({
    ...{ projectCode: PROJECT, costNo, category: 'survey', contractNo: 'A-OT-x', payeeUscc: '9133100300000401XK' },
    ...{ amountFen, invoiceNo, funding: [{ budgetQuotaNo: 'A-Q23-G', amountFen }], paidOn: '2023-09-25' },
  })
  const paid = async (costNo: string, amountFen: string): Promise<Sent> => {
    const recorded = await life.send('A-OWN-PAY', 'RecordOtherCost', cost(costNo, amountFen))
    if (recorded.outcome === 'COMMITTED') {
      const { outcome } = await life.send('A-FIN-PAY', 'ApproveOtherCost', { projectCode: PROJECT, costNo })
      expect(outcome).to.equal('COMMITTED')
    }
    return recorded
  }

  it('another cost is no more than its invoice, together with those before it', async () => {
    const { at, ...invoice } = stepOf(43)
    expect(at).to.be.a('string')
    const amounts = { invoiceNo, contractNo: 'A-OT-x', netFen: '1000', taxFen: '60', grossFen: '1060', taxRateBp: 600 }
    const registered = { ...invoice, ...amounts, document: document('INVOICE', invoiceNo) }
    expect((await life.send('A-OWN-PAY', 'RegisterInvoice', registered)).outcome).to.equal('COMMITTED')
    refused(await paid('K-1', '1061'), 'RULES_BROKEN', 'R08')
    refused(await paid('K-2', '1000'), 'COMMITTED')
    refused(await paid('K-3', '61'), 'RULES_BROKEN', 'R08')
  })

  it('an invoice that another contract presents is held there, and marked where it belongs', async () => {
    const { at, ...application } = stepOf(64)
    expect(at).to.be.a('string')
    const lines = (application['lines'] as Record<string, CanonicalValue>[]).map((line) => ({ ...line, invoiceNo }))
    const presented = { ...application, applicationNo: 'X-TWICE', lines }
    const { outcome, rules } = await life.send('A-CTR-PM', 'SubmitApplication', presented)
    expect(outcome).to.equal('HELD')
    expect(rules).to.include('R09')
    expect((await record('payment', `invoice:${invoiceNo}`))['claims']).to.deep.equal([
      { projectCode: PROJECT, contractNo: CONTRACT, applicationNo: 'X-TWICE' },
    ])
    // The rest of it can still be used where it belongs, with the mark.
    refused(await paid('K-4', '60'), 'COMMITTED', 'R09')
  })

  const quota = (budgetQuotaNo: string, amountFen: string) =>
    life.send('A-FIN-QUOTA', 'AllocateQuota', {
      ...{ projectCode: PROJECT, budgetQuotaNo, fundSource: '本级一般公共预算', year: 2023, amountFen },
      ...{ functionClass: '2120399', economyClass: '30905' },
    })
  const adjust = (number: string, approvedEstimateFen: string) =>
    life.send('A-DEV-OFF', 'RecordAttestation', {
      ...{ projectCode: PROJECT, type: 'ESTIMATE_ADJUSTMENT', number, issuedOn: life.day, approvedEstimateFen },
      ...{ fundSource: '本级一般公共预算', document: document('ESTIMATE_APPROVAL', number) },
    })

  it('the ceiling is that of now: an adjusted estimate bears more, to the fen', async () => {
    // 395,600,000 are allocated, of 1,200,000,000.
    refused(await quota('Q-1', '804400001'), 'RULES_BROKEN', 'R01')
    expect((await adjust('TZ-1', '1250000000')).outcome).to.equal('COMMITTED')
    refused(await quota('Q-1', '854400001'), 'RULES_BROKEN', 'R01')
    expect((await quota('Q-1', '854400000')).outcome).to.equal('COMMITTED')
    const adjustment = { projectCode: PROJECT, budgetQuotaNo: 'Q-1', newAmountFen: '804400000', reason: '压减' }
    expect((await life.send('A-FIN-QUOTA', 'AdjustQuota', adjustment)).outcome).to.equal('COMMITTED')
    const kept = [...(await stateOf(life.county.administrator, 'payment')).values()] as { type?: string }[]
    expect(kept.find(({ type }) => type === 'AdjustQuota')).to.include({
      ...{ subject: 'Q-1', reason: '压减', amountFen: '804400000' },
    })
  })

  it('an estimate too far over the feasibility’s waits for the bureau’s second word, which no permit is', async () => {
    const waiting = async () => (await record('charter', `project:${PROJECT}`))['reapproval'] === true
    // 1,150,000,000 and 10 % are 1,265,000,000.
    refused(await adjust('TZ-2', '1265000001'), 'COMMITTED', 'R15')
    expect(await waiting()).to.equal(true)
    refused(await quota('Q-2', '1'), 'RULES_BROKEN', 'R01')
    const permit = { projectCode: PROJECT, type: 'PLANNING_PERMIT', number: 'GH-9', issuedOn: life.day }
    const planning = await life.send('A-PLN-OFF', 'RecordAttestation', {
      ...{ ...permit, document: document('PLANNING_PERMIT', 'GH-9') },
    })
    expect(planning.outcome).to.equal('COMMITTED')
    expect(await waiting()).to.equal(true)
    refused(await quota('Q-2', '1'), 'RULES_BROKEN', 'R01')
    expect((await adjust('TZ-3', '1265000001')).outcome).to.equal('COMMITTED')
    expect(await waiting()).to.equal(false)
    expect((await quota('Q-2', '65000001')).outcome).to.equal('COMMITTED')
    refused(await quota('Q-3', '1'), 'RULES_BROKEN', 'R01')
  })
})
