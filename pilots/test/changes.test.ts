import { expect } from 'chai'
import { document, Life, type Sent } from './life.js'
import { stateOf } from './ledger.js'

const CONTRACT = 'A-WK-01'
/** Of the bill: not measured yet, and measured to its end in the first period. */
const kerb = { itemCode: '040204004001', name: '安砌侧石', unit: 'm', unitPriceFen: '9000', subItem: 'ancillary' }
const pipe = { itemCode: '040501001001', name: '混凝土管', unit: 'm', unitPriceFen: '130000', subItem: 'drainage' }

describe('changes of a contract', function () {
  this.timeout(60_000)
  let life: Life
  let number = 10

  before(async () => {
    life = await Life.upTo(91)
  })
  after(() => life?.stop())

  const refused = ({ outcome, rules }: Sent, code: string, ...broken: string[]) => {
    expect({ outcome, rules }).to.deep.equal({ outcome: code, rules: broken })
  }
  const line = (item: typeof kerb, units: number, amountFen = units * Number(item.unitPriceFen)) => ({
    ...{ ...item, qtyMilli: String(units * 1000), amountFen: String(amountFen) },
  })
  /** Proposes a change that the provisional sum pays. */
  const propose = async (...items: ReturnType<typeof line>[]) => {
    const step = { contractNo: CONTRACT, changeNo: `CO-${++number}` }
    const amountFen = String(items.reduce((sum, item) => sum + Number(item.amountFen), 0))
    const sent = await life.send('A-CTR-PM', 'ProposeChangeOrder', {
      ...{ ...step, reason: '现场情况', fundedBy: 'PROVISIONAL', siteOrScopeChange: false, amountFen, items },
      document: document('CHANGE_ORDER', step.changeNo),
    })
    return { step, sent }
  }
  const approved = async (item: typeof kerb, units: number): Promise<Sent> => {
    const { step } = await propose(line(item, units))
    await life.send('A-SUP-CHIEF', 'SignChangeOrder', step)
    return life.send('A-OWN-LEAD', 'ApproveChangeOrder', step)
  }

  it('keep the price, the unit and the sub-item that the bill has', async () => {
    for (const other of [{ unitPriceFen: '9001' }, { unit: 'km' }, { subItem: 'drainage' }]) {
      refused((await propose(line({ ...kerb, ...other }, 10))).sent, 'RULES_BROKEN', 'R36')
    }
    refused((await propose(line(kerb, 10), line(kerb, 10))).sent, 'RULES_BROKEN', 'R26')
    expect((await propose(line(kerb, 10))).sent.outcome).to.equal('COMMITTED')
  })

  it('take nothing away that is measured, nor what there never was', async () => {
    refused((await propose(line(pipe, -1))).sent, 'RULES_BROKEN', 'R36')
    refused((await propose(line(kerb, -2001))).sent, 'RULES_BROKEN', 'R36')
    refused((await propose(line({ ...kerb, itemCode: '040204009001' }, -1))).sent, 'RULES_BROKEN', 'R36')
  })

  it('are judged by the bill of their approval: what another change took meanwhile is not there any more', async () => {
    const whole = await propose(line(kerb, -2000))
    expect(whole.sent.outcome).to.equal('COMMITTED')
    await life.send('A-SUP-CHIEF', 'SignChangeOrder', whole.step)
    expect((await approved(kerb, -1)).outcome).to.equal('COMMITTED')
    refused(await life.send('A-OWN-LEAD', 'ApproveChangeOrder', whole.step), 'RULES_BROKEN', 'R36')
    expect((await approved(kerb, 1)).outcome).to.equal('COMMITTED')
  })

  it('count without their signs: three that come to one are large together, for finance and for all three nodes', async () => {
    // 20,000,000 before, and 18,000 above; 10 % of the price is 94,730,200.
    expect((await approved(kerb, 3000)).outcome).to.equal('COMMITTED')
    expect((await approved(kerb, -3000)).outcome).to.equal('COMMITTED')
    const { step } = await propose(line(kerb, 3000))
    await life.send('A-SUP-CHIEF', 'SignChangeOrder', step)
    refused(await life.send('A-OWN-LEAD', 'ApproveChangeOrder', step), 'RULES_BROKEN', 'R36')
    await life.send('A-FIN-REVIEW', 'SignChangeOrder', step)
    refused(await life.send('A-OWN-LEAD', 'ApproveChangeOrder', step), 'CALLED_DIRECTLY')
    expect((await life.send('A-OWN-LEAD', 'ApproveLargeChange', step)).outcome).to.equal('COMMITTED')
    const totals = (await stateOf(life.county.administrator, 'payment')).get(`contractTotals:${CONTRACT}`)
    expect(totals).to.include({ changesProvisionalFen: '47000000', changesAbsoluteFen: '101018000' })
  })
})
