import { mkdtemp, rm } from 'node:fs/promises'
import { createPrivateKey } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, hash, signers } from '@hyperledger/fabric-gateway'
import { expect } from 'chai'
import { defaultConsortium, HONEST_NOTICE, startTestNetwork, type Connection, type TestNetwork } from '../src/index.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const probe = { name: 'probe', program: { module: module_ } }

/** Calls one function of the probe as a client does, over a connection of its own. */
async function call(credentials: Connection, kind: 'submit' | 'evaluate', name: string, ...args: string[]) {
  const client = credentials.grpcClient()
  const gateway = connect({
    client,
    identity: { mspId: credentials.mspId, credentials: Buffer.from(credentials.certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(credentials.privateKey)),
    hash: hash.sha256,
  })
  try {
    const contract = gateway.getNetwork(credentials.channel).getContract('probe')
    return Buffer.from(await contract[kind](name, { arguments: args })).toString()
  } finally {
    gateway.close()
    client.close()
  }
}

describe('startTestNetwork', function () {
  this.timeout(30_000)
  const running: TestNetwork[] = []
  const start = async (options: Parameters<typeof startTestNetwork>[0] = {}): Promise<TestNetwork> => {
    const network = await startTestNetwork({ chaincodes: [probe], ...options })
    running.push(network)
    return network
  }
  afterEach(async () => {
    for (const network of running.splice(0)) await network.stop()
  })

  it('says first what it is', async () => {
    const lines: string[] = []
    await start({ onProgress: (line) => lines.push(line) })
    expect(lines[0]).to.equal(HONEST_NOTICE)
  })

  it('runs several networks side by side, each with an identity and a state of its own', async () => {
    const [a, b] = await Promise.all([start(), start()])
    expect(a.id).to.not.equal(b.id)
    await call(a.connect('FinanceMSP'), 'submit', 'Put', 'k', 'of a')
    await call(b.connect('FinanceMSP'), 'submit', 'Put', 'k', 'of b')
    expect(await call(a.connect('AuditMSP'), 'evaluate', 'Get', 'k')).to.equal('of a')
    expect(await call(b.connect('AuditMSP'), 'evaluate', 'Get', 'k')).to.equal('of b')
  })

  it('serves with TLS', async () => {
    const network = await start({ tls: true })
    const credentials = network.connect('ConstructionMSP')
    expect(credentials.tlsRoots).to.include('BEGIN CERTIFICATE')
    await call(credentials, 'submit', 'Put', 'k', 'encrypted')
    expect(await call(credentials, 'evaluate', 'Get', 'k')).to.equal('encrypted')
  })

  it('gives members of one organisation identities of their own', async () => {
    const network = await start()
    expect(await call(network.connect('BankMSP', 'client', 'teller-1'), 'evaluate', 'WhoAmI')).to.equal('BankMSP')
    expect(() => network.connect('NobodyMSP')).to.throw('The consortium has no organisation NobodyMSP')
  })

  it('names the chaincode that it cannot start', async () => {
    const missing = { name: 'lost', program: { module: '/nowhere/lost.cjs' } }
    const error = await startTestNetwork({ chaincodes: [missing] }).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.include("Chaincode lost_1.0 can't be started from /nowhere/lost.cjs")
  })

  it('runs with other organisations, as many as the definition names', async () => {
    const county = defaultConsortium.organizations.map((organization) =>
      organization.mspId === 'TaxMSP' ? { ...organization, peer: { host: '127.0.0.1', port: 7081 } } : organization,
    )
    const network = await start({ consortium: { ...defaultConsortium, channel: 'county', organizations: county } })
    expect([...network.peers.keys()]).to.deep.equal(['FinanceMSP', 'AuditMSP', 'ConstructionMSP', 'TaxMSP'])
    expect(network.channel).to.equal('county')
    expect(await call(network.connect('TaxMSP'), 'submit', 'Put', 'k', 'v')).to.equal('v')
  })

  describe('in a folder', () => {
    let directory: string
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'caizheng-network-'))
    })
    afterEach(async () => {
      for (const network of running.splice(0)) await network.stop()
      await rm(directory, { recursive: true, force: true })
    })

    it('goes on where it stopped', async () => {
      const first = await start({ directory })
      await call(first.connect('FinanceMSP'), 'submit', 'Put', 'k', 'kept')
      const height = first.ledger.height
      await first.stop()
      const second = await start({ directory })
      expect(second.id).to.equal(first.id)
      expect(second.ledger.height).to.equal(height)
      expect(await call(second.connect('FinanceMSP'), 'evaluate', 'Get', 'k')).to.equal('kept')
    })

    it('defines a chaincode of another version or policy anew, and keeps the state', async () => {
      const first = await start({ directory })
      await call(first.connect('FinanceMSP'), 'submit', 'Put', 'k', 'kept')
      await first.stop()
      const second = await start({ directory, chaincodes: [{ ...probe, version: '1.1' }] })
      expect(second.ledger.height).to.be.greaterThan(first.ledger.height)
      expect(await call(second.connect('FinanceMSP'), 'evaluate', 'Get', 'k')).to.equal('kept')
    })

    it('does not let two networks share it', async () => {
      await start({ directory })
      const error = await startTestNetwork({ directory }).then(
        () => undefined,
        (reason: Error) => reason,
      )
      expect(error).to.include({ name: 'LedgerError', code: 'IN_USE' })
    })
  })
})
