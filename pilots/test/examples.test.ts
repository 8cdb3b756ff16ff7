import { createHmac } from 'node:crypto'
import { CaizhengError } from '@caizheng/client-sdk'
import type { CanonicalValue, TransactionName } from '@caizheng/records'
import { expect } from 'chai'
import { exampleNames, readExample } from '../src/index.js'
import { startCounty, type County } from './county.js'
import { playAll } from './expectation.js'
import { blocksOf, stateOf } from './ledger.js'
import { sampleDocument } from './requests.js'

/** The code of a refusal. */
const refusal = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'COMMITTED',
    (error: unknown) => (error instanceof CaizhengError ? error.code : String(error)),
  )

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

  it('accepts goods by the word of those who ordered and who delivered, and of nobody else (R41)', async () => {
    const contractNo = 'P-HW-01'
    let at = Date.parse('2025-09-17T01:00:00.000Z')
    const send = async (person: string, name: TransactionName, fields: Record<string, CanonicalValue>) => {
      const { client } = await county.cast.person('PartiesMSP', person)
      at += 60_000
      return client.transact(name, { contractNo, ...fields, at: new Date(at).toISOString() })
    }
    const sign = (person: string, party: string) => send(person, 'SignAcceptance', { acceptanceNo: 'P-YS-001', party })
    const confirm = () => send('P-OWN-LEAD', 'ConfirmAcceptance', { acceptedOn: '2025-09-17' })
    await send('P-CTR-PM', 'ReportCompletion', { completedOn: '2025-09-17' })
    const document = { ...sampleDocument, type: 'ACCEPTANCE_REPORT', number: 'P-YS-001' }
    const opened = { acceptanceNo: 'P-YS-001', testReportsDigest: sampleDocument.digests.sha256, document }
    await send('P-OWN-LEAD', 'OpenAcceptance', opened)
    await sign('P-OWN-LEAD', 'owner')
    expect(await refusal(confirm())).to.equal('RULES_BROKEN')
    expect(await refusal(sign('P-OWN-LEAD', 'supervision'))).to.equal('RULES_BROKEN')
    await sign('P-CTR-PM', 'contractor')
    expect((await confirm()).record).to.include({ status: 'ACCEPTED' })
    const contract = (await stateOf(county.administrator, 'payment')).get(`contract:${contractNo}`)
    expect(contract).to.include({ status: 'ACCEPTED', acceptedOn: '2025-09-17' })
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
