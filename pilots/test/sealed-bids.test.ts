import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { blocksOf } from './ledger.js'
import { Life, secretAccount } from './life.js'

const TENDER = { projectCode: '2303-331003-04-01-000001', tenderNo: 'A-ZB-001' }
const [PRICE, SALT] = ['947302000', '4c'.repeat(16)]

describe('sealed bids', function () {
  this.timeout(60_000)
  let life: Life

  before(async () => {
    life = await Life.upTo(51)
  })
  after(() => life?.stop())

  const seal = (amount: string) => ({ ...TENDER, sealed: secretAccount(amount, SALT).digest })
  const open = (amountFen: string, salt = SALT) => ({ ...TENDER, amountFen, salt })
  const award = (winningPriceFen: string) => ({
    ...TENDER,
    bids: [{ bidder: 'A-C1', amountFen: winningPriceFen }],
    ...{ candidateNoticeStart: '2023-08-16', candidateNoticeEnd: '2023-08-21', awardDate: '2023-08-22' },
    ...{ winner: 'A-C1', winnerUscc: '91331003000002014P', winningPriceFen },
  })

  it('are handed in once, by a bidder, and tell no price before the deadline', async () => {
    expect((await life.send('A-OWN-LEAD', 'SealBid', seal(PRICE))).outcome).to.equal('ROLE_NOT_ALLOWED')
    const { record } = await life.send('A-CTR-PM', 'SealBid', seal(PRICE))
    expect(record).to.include({ bidderUscc: '91331003000002014P' }).and.not.have.property('amountFen')
    expect((await life.send('A-CTR-PM', 'SealBid', seal('1'))).outcome).to.equal('RECORD_EXISTS')
    expect((await life.send('A-CTR-PM', 'OpenBid', open(PRICE))).outcome).to.equal('STATUS_CONFLICT')
    const { administrator, network } = life.county
    // The early opening was refused before it was ordered.
    const chain = Buffer.concat(await blocksOf(administrator, network.channel))
    const bare = createHash('sha256').update(PRICE).digest()
    for (const told of [PRICE, SALT, bare, bare.toString('hex')]) expect(chain.includes(told)).to.equal(false)
    expect(chain.includes(seal(PRICE).sealed)).to.equal(true)
  })

  it('are opened after it, at the price that was sealed, and bind the award', async () => {
    life.wait(22)
    expect((await life.send('A-CTR-PM', 'SealBid', seal('2'))).outcome).to.equal('STATUS_CONFLICT')
    const unopened = await life.send('A-OWN-LEAD', 'RecordAward', award(PRICE))
    expect(unopened).to.include({ outcome: 'RULES_BROKEN' })
    for (const wrong of [open('1'), open(PRICE, '4d'.repeat(16))]) {
      const { outcome, rules } = await life.send('A-CTR-PM', 'OpenBid', wrong)
      expect({ outcome, rules }).to.deep.equal({ outcome: 'RULES_BROKEN', rules: ['R33'] })
    }
    expect((await life.send('A-CTR-PM', 'OpenBid', open(PRICE))).record).to.include({ amountFen: PRICE, salt: SALT })
    expect((await life.send('A-CTR-PM', 'OpenBid', open(PRICE))).outcome).to.equal('RECORD_EXISTS')
    life.wait(7)
    const { outcome, rules } = await life.send('A-OWN-LEAD', 'RecordAward', award('947301999'))
    expect({ outcome, rules }).to.deep.equal({ outcome: 'RULES_BROKEN', rules: ['R33'] })
    expect((await life.send('A-OWN-LEAD', 'RecordAward', award(PRICE))).outcome).to.equal('COMMITTED')
  })
})
