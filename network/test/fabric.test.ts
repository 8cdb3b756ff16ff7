import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createPrivateKey } from 'node:crypto'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, hash, signers, type Contract } from '@hyperledger/fabric-gateway'
import { expect } from 'chai'
import {
  FabricError,
  findBinaries,
  startFabricNetwork,
  type FabricChaincode,
  type FabricNetwork,
} from '../src/index.js'

const missing = await findBinaries().then(
  () => undefined,
  (error: Error) => error.message,
)
const contractApi = createRequire(import.meta.url).resolve('fabric-contract-api')

/** A contract with one value; `answer` tells builds of it apart. */
const source = (answer: string): string => `
const { Contract } = require(${JSON.stringify(contractApi)})
class Notes extends Contract {
  constructor() { super('Notes') }
  async Put(ctx, value) { await ctx.stub.putState('note', Buffer.from(value)); return ${JSON.stringify(answer)} }
  async Get(ctx) { return Buffer.from(await ctx.stub.getState('note')).toString() }
}
module.exports.contracts = [Notes]
`

const suite = missing === undefined || process.env['FABRIC_BIN'] ? describe : undefined
suite?.('a network of real Fabric', function () {
  this.timeout(120_000)
  let folder: string
  let honest: string
  let changed: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'caizheng-network-'))
    honest = join(folder, 'honest.cjs')
    changed = join(folder, 'changed.cjs')
    writeFileSync(honest, source('kept'))
    writeFileSync(changed, source('kept otherwise'))
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const notes = (more: Partial<FabricChaincode> = {}): FabricChaincode => ({
    name: 'notes',
    program: { module: honest },
    ...more,
  })

  async function withContract<T>(network: FabricNetwork, mspId: string, use: (contract: Contract) => Promise<T>) {
    const credentials = network.connect(mspId)
    const client = credentials.grpcClient()
    const gateway = connect({
      client,
      identity: { mspId, credentials: Buffer.from(credentials.certificate) },
      signer: signers.newPrivateKeySigner(createPrivateKey(credentials.privateKey)),
      hash: hash.sha256,
    })
    try {
      return await use(gateway.getNetwork(network.channel).getContract('notes'))
    } finally {
      gateway.close()
      client.close()
    }
  }

  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
  const put = (network: FabricNetwork, mspId: string, value: string) =>
    withContract(network, mspId, async (contract) => text(await contract.submitTransaction('Put', value)))
  const get = (network: FabricNetwork, mspId: string) =>
    withContract(network, mspId, async (contract) => text(await contract.evaluateTransaction('Get')))

  it('is ready within 15 s: every organisation, one without a node too, submits at once', async () => {
    const begun = Date.now()
    const network = await startFabricNetwork({ chaincodes: [notes()] })
    try {
      expect(Date.now() - begun).to.be.below(15_000)
      for (const mspId of ['FinanceMSP', 'AuditMSP', 'ConstructionMSP', 'PartiesMSP']) {
        expect(await put(network, mspId, mspId)).to.equal('kept')
        expect(await get(network, mspId)).to.equal(mspId)
      }
    } finally {
      await network.stop()
    }
  })

  it('is kept: what was committed is there after the next start, and the next version follows', async () => {
    const directory = join(folder, 'kept')
    let network = await startFabricNetwork({ directory, chaincodes: [notes()] })
    const { id } = network
    await put(network, 'FinanceMSP', 'of the first day')
    await network.stop()
    network = await startFabricNetwork({ directory, chaincodes: [notes()] })
    try {
      expect(network.id).to.equal(id)
      expect(await get(network, 'AuditMSP')).to.equal('of the first day')
      await network.deploy(notes({ version: '2.0', program: { module: changed } }))
      expect(await put(network, 'AuditMSP', 'of the second')).to.equal('kept otherwise')
    } finally {
      await network.stop()
    }
  })

  it('runs beside another, and asks each organisation for its own word', async () => {
    const [one, two] = await Promise.all([
      startFabricNetwork({ chaincodes: [notes()] }),
      startFabricNetwork({ chaincodes: [notes({ programs: { AuditMSP: { module: changed } } })] }),
    ])
    try {
      expect(one.id).to.not.equal(two.id)
      expect(await put(one, 'FinanceMSP', 'one')).to.equal('kept')
      const error: unknown = await put(two, 'FinanceMSP', 'two').catch((reason: unknown) => reason)
      expect(JSON.stringify(error)).to.include('ProposalResponsePayloads do not match')
    } finally {
      await Promise.all([one.stop(), two.stop()])
    }
  })

  it('names the chaincode that cannot start, and its log', async () => {
    const broken = join(folder, 'broken.cjs')
    writeFileSync(broken, 'throw new Error("no such table")')
    const directory = join(folder, 'broken')
    const start = startFabricNetwork({
      directory,
      chaincodes: [notes(), notes({ name: 'broken', program: { module: broken } })],
    })
    const error: unknown = await start.then(() => undefined).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(FabricError)
    expect(String(error))
      .to.match(/Chaincode broken of \w+MSP has ended/)
      .and.include('no such table')
  })

  it('goes on without one orderer, and with one that comes back', async () => {
    const network = await startFabricNetwork({ chaincodes: [notes()] })
    try {
      const [, , , fourth] = network.nodes.values()
      await fourth?.kill()
      await put(network, 'FinanceMSP', 'by three')
      fourth?.start()
      await fourth?.listening()
      await put(network, 'ConstructionMSP', 'by four')
      expect(await get(network, 'AuditMSP')).to.equal('by four')
    } finally {
      await network.stop()
    }
  })
})
if (!suite) {
  describe('a network of real Fabric', () => {
    it(`skipped: ${missing ?? ''}`)
  })
}
