import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { exampleNames, readExample } from '../src/index.js'
import { startCounty, type County } from './county.js'
import { playAll } from './expectation.js'
import { blocksOf, stateOf } from './ledger.js'

describe('what is no construction, on the same rules', function () {
  this.timeout(120_000)
  let county: County

  before(async () => {
    county = await startCounty()
  })
  after(() => county.stop())

  for (const name of exampleNames) {
    it(`${name}: each step gives what it must give`, async () => {
      const example = await readExample(name)
      await county.openBackfills(example)
      await playAll(county, example, example.steps)
    })
  }

  it('takes of each quota what its vouchers sum to, and chains the vouchers', async () => {
    const state = await stateOf(county.administrator, 'payment')
    const of = (key: string) => state.get(key) as Record<string, unknown>
    expect(of('quota:P-Q25-G')['usedFen']).to.equal('180000000')
    expect(of('quota:S-Q25-C')['usedFen']).to.equal('971875')
    expect(of('contractTotals:S-BT-01')).to.include({ vouchers: 5, cashFen: '971875', grossFen: '971875' })
    expect(of('contractTotals:P-HW-01')).to.include({ vouchers: 1, cashFen: '180000000' })
  })

  it('has persons under pseudonyms that only the paying office can make', async () => {
    const { kept } = await readExample('S-subsidy')
    if (kept === undefined) throw new Error('the example keeps nothing')
    const { pseudonymKeyHex, recipients } = kept
    for (const { idNumber, recipient } of recipients) {
      const made = createHmac('sha256', Buffer.from(pseudonymKeyHex, 'hex')).update(idNumber).digest('hex')
      expect(recipient).to.equal(`P${made.slice(0, 16)}`)
    }
  })

  it('has nobody by name, identity number or account in any block', async () => {
    const { kept } = await readExample('S-subsidy')
    const secrets = kept?.recipients.flatMap(({ name, idNumber, accountNo, saltHex }) => [
      ...[name, idNumber, accountNo, saltHex],
    ])
    const blocks = (await blocksOf(county.administrator, county.network.channel)).map((block) => Buffer.from(block))
    expect(blocks.length).to.be.greaterThan(50)
    const holds = (text: string) => blocks.some((block) => block.includes(text))
    expect(secrets?.filter(holds)).to.deep.equal([])
    expect(kept?.recipients.every(({ recipient }) => holds(recipient))).to.equal(true)
  })
})
