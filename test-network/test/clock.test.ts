import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCertificate } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { startTestNetwork, type TestNetwork } from '../src/index.js'
import { failure, withContract } from './support/client.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const MINUTE = 60_000
const YEAR = 365 * 24 * 60 * MINUTE

describe("the network's clock", function () {
  this.timeout(30_000)
  let directory: string
  let network: TestNetwork
  let ahead: number
  const start = async () => {
    const chaincodes = [{ name: 'probe', program: { module: module_ } }]
    network = await startTestNetwork({ directory, chaincodes, clock: () => new Date(Date.now() + ahead) })
  }
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'caizheng-clock-'))
    // Certificates begin when they are issued, and one of the tests goes back
    ahead = -20 * MINUTE
    await start()
    ahead = 0
  })
  afterEach(async () => {
    await network.stop()
    await rm(directory, { recursive: true, force: true })
  })

  /** Credentials that are good until `minutes` from now. */
  const validFor = (minutes: number) => {
    const notAfter = new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * MINUTE)
    const issued = network.consortium.issue('FinanceMSP', { name: 'temporary', role: 'client', notAfter })
    return {
      ...network.connect('FinanceMSP'),
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
    }
  }

  it('refuses proposals whose time is a quarter of an hour from it, either way', async () => {
    await withContract(network.connect('FinanceMSP'), 'probe', async (contract) => {
      for (const minutes of [14, -14]) {
        ahead = minutes * MINUTE
        await contract.submitTransaction('Put', 'k', String(minutes))
      }
      for (const minutes of [16, -16]) {
        ahead = minutes * MINUTE
        const message = await failure(contract.submitTransaction('Put', 'k', String(minutes)))
        expect(message).to.include('request unauthorized due to incorrect timestamp')
      }
      ahead = 0
      expect(Buffer.from(await contract.evaluateTransaction('Get', 'k')).toString()).to.equal('-14')
    })
  })

  it('refuses a certificate from the moment it ends: proposals, queries, submissions, events', async () => {
    await withContract(validFor(5), 'probe', async (contract) => {
      ahead = 4 * MINUTE
      await contract.submitTransaction('Put', 'k', 'v')
      const endorsed = await contract.newProposal('Put', { arguments: ['k', 'late'] }).endorse()
      ahead = 6 * MINUTE
      expect(await failure(contract.submitTransaction('Put', 'k', 'later'))).to.include('identity expired')
      expect(await failure(contract.evaluateTransaction('Get', 'k'))).to.include('identity expired')
      expect(await failure(endorsed.submit())).to.include('expired')
    })
    // Others go on, and nothing of it came through
    await withContract(network.connect('AuditMSP'), 'probe', async (contract) => {
      expect(Buffer.from(await contract.evaluateTransaction('Get', 'k')).toString()).to.equal('v')
    })
  })

  it('does not make old transactions invalid: a network opens and reads its ledger when its certificates are past', async () => {
    await withContract(validFor(5), 'probe', (contract) => contract.submitTransaction('Put', 'k', 'v'))
    const { height, tip } = network.ledger
    await network.stop()
    ahead = 11 * YEAR
    await start()
    expect(network.ledger.height).to.equal(height)
    expect(network.ledger.tip).to.deep.equal(tip)
    // Everyone's certificates are past by then, and the clients' proposals eleven years old
    await withContract(network.connect('FinanceMSP'), 'probe', async (contract) => {
      expect(await failure(contract.evaluateTransaction('Get', 'k'))).to.not.equal('')
    })
  })

  it('dates what is issued', () => {
    ahead = 3 * YEAR
    const { certificate } = network.connect('FinanceMSP', 'client', 'late')
    const { notBefore, notAfter } = parseCertificate(certificate)
    expect(notBefore.getTime()).to.be.closeTo(Date.now() + 3 * YEAR, 6 * MINUTE)
    expect(notAfter.getUTCFullYear() - notBefore.getUTCFullYear()).to.equal(10)
  })
})
