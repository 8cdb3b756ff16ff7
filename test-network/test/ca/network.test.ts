import { fileURLToPath } from 'node:url'
import type { Contract } from '@hyperledger/fabric-gateway'
import { expect } from 'chai'
import { startTestNetwork, type Connection, type TestNetwork } from '../../src/index.js'
import { failure, withContract } from '../support/client.js'
import { attribute, certificateOf, TestCa, type User } from './support.js'

const module_ = fileURLToPath(new URL('../../../test/ca/desk.cjs', import.meta.url))
const desk = { name: 'desk', endorsementPolicy: "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')" }

describe('identities of the CA on the channel', function () {
  this.timeout(60_000)
  let network: TestNetwork
  before(async () => {
    network = await startTestNetwork({ ca: true, chaincodes: [{ ...desk, program: { module: module_ } }] })
  })
  after(() => network.stop())

  const caOf = (mspId: string): TestCa => {
    const name = network.consortium.organizations.get(mspId)?.ca.name ?? ''
    const registrars = { admin: network.registrar(mspId), gateway: network.registrar(mspId, 'gateway') }
    return new TestCa(mspId, name, { url: network.cas.get(mspId) ?? '', registrars })
  }
  const credentials = (mspId: string, user: User): Connection => {
    const { _signer: signer } = user.getSigningIdentity() as unknown as { _signer: { _key: { toBytes(): string } } }
    const own = { certificate: certificateOf(user), privateKey: signer._key.toBytes() }
    return { ...network.connect(mspId), ...own }
  }
  const as = <T>(mspId: string, user: User, work: (contract: Contract) => Promise<T>): Promise<T> =>
    withContract(credentials(mspId, user), 'desk', work)
  const cashier = async (id: string, mspId = 'FinanceMSP') =>
    caOf(mspId).member(await caOf(mspId).registrar(), id, { attrs: [attribute('role', 'cashier', true)] })

  it('has a CA for each organisation, and none unless asked', async () => {
    expect([...network.cas.keys()]).to.deep.equal([...network.consortium.organizations.keys()])
    expect(() => network.registrar('NobodyMSP')).to.throw('No certificate authority of NobodyMSP')
    const without = await startTestNetwork()
    try {
      expect(without.cas.size).to.equal(0)
      expect(() => without.registrar('FinanceMSP')).to.throw('No certificate authority')
    } finally {
      await without.stop()
    }
  })

  it('submit through fabric-gateway, and a contract reads their attributes', async () => {
    const user = await cashier('cashier-1')
    await as('FinanceMSP', user, async (contract) => {
      expect(Buffer.from(await contract.submitTransaction('Pay', 'V-1')).toString()).to.equal('V-1')
      expect(Buffer.from(await contract.evaluateTransaction('PaidBy', 'V-1')).toString()).to.equal('cashier-1')
      const identity = Buffer.from(await contract.evaluateTransaction('WhoAmI')).toString()
      expect(identity).to.include('/OU=client/CN=cashier-1').and.to.include('CN=ca.finance.fiscal.test')
    })
  })

  it('of an organisation without a node submit through another', async () => {
    const teller = await cashier('teller-1', 'BankMSP')
    await as('BankMSP', teller, (contract) => contract.submitTransaction('Pay', 'V-2'))
  })

  it('without the attribute are refused by the contract', async () => {
    const finance = caOf('FinanceMSP')
    const clerk = await finance.member(await finance.registrar('gateway'), 'clerk-1')
    const message = await failure(as('FinanceMSP', clerk, (contract) => contract.submitTransaction('Pay', 'V-3')))
    expect(message).to.include('only a cashier pays')
  })

  it('are of the role that they were registered with', async () => {
    const finance = caOf('FinanceMSP')
    const peer = await finance.member(await finance.registrar(), 'peer1.finance', { role: 'peer' })
    const message = await failure(as('FinanceMSP', peer, (contract) => contract.submitTransaction('Pay', 'V-4')))
    // The channel's Writers are clients and administrators
    expect(message).to.include('/Channel/Application/Writers')
  })

  it("of one organisation's CA are nobody in another", async () => {
    const user = await cashier('cashier-2')
    const borrowed = { ...credentials('FinanceMSP', user), mspId: 'AuditMSP' }
    const message = await failure(
      withContract(borrowed, 'desk', (contract) => contract.submitTransaction('Pay', 'V-5')),
    )
    expect(message).to.include('creator org unknown, creator is malformed')
  })

  it('that are on a revocation list are refused wherever they sign; others go on', async () => {
    const finance = caOf('FinanceMSP')
    const admin = await finance.registrar()
    const lost = await cashier('lost')
    const kept = await cashier('kept')
    await finance.client.revoke({ enrollmentID: 'lost' }, admin)
    const list = Buffer.from((await finance.client.generateCRL({}, admin)) as string, 'base64').toString()

    await as('FinanceMSP', lost, async (contract) => {
      // The channel knows nothing of it yet
      await contract.submitTransaction('Pay', 'V-6')
      const endorsed = await contract.newProposal('Pay', { arguments: ['V-7'] }).endorse()
      await network.revoke('FinanceMSP', list)
      expect(await failure(contract.submitTransaction('Pay', 'V-8'))).to.include('creator org [FinanceMSP]')
      expect(await failure(contract.evaluateTransaction('PaidBy', 'V-6'))).to.include('creator org [FinanceMSP]')
      // Endorsed in time, submitted too late
      expect(await failure(endorsed.submit())).to.not.equal('')
    })
    await as('FinanceMSP', kept, async (contract) => {
      await contract.submitTransaction('Pay', 'V-9')
      expect(Buffer.from(await contract.evaluateTransaction('PaidBy', 'V-7')).toString()).to.equal('')
    })
    // A second list stands beside the first
    const later = await cashier('later')
    await finance.client.revoke({ enrollmentID: 'later' }, admin)
    await network.revoke(
      'FinanceMSP',
      Buffer.from((await finance.client.generateCRL({}, admin)) as string, 'base64').toString(),
    )
    const message = await failure(as('FinanceMSP', later, (contract) => contract.submitTransaction('Pay', 'V-10')))
    expect(message).to.include('creator org [FinanceMSP]')
  })

  it('are revoked by a list of their own CA only', async () => {
    const audit = caOf('AuditMSP')
    const list = Buffer.from(
      (await audit.client.generateCRL({}, await audit.registrar())) as string,
      'base64',
    ).toString()
    expect(await failure(network.revoke('FinanceMSP', list))).to.include('not signed by a CA of FinanceMSP')
    expect(await failure(network.revoke('NobodyMSP', list))).to.include('MSP NobodyMSP is unknown')
    expect(await failure(network.revoke('AuditMSP', 'nothing'))).to.include('cannot be read')
    await network.revoke('AuditMSP', list)
  })
})
