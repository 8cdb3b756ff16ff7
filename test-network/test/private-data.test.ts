import { createPrivateKey } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, hash, signers, type Contract, type ProposalOptions } from '@hyperledger/fabric-gateway'
import { expect } from 'chai'
import { startTestNetwork, verifyLedger, type TestNetwork } from '../src/index.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const policy = "OR('FinanceMSP.member','AuditMSP.member')"
const chaincode = (blockToLive: number, maxPeerCount: number) => ({
  name: 'probe',
  endorsementPolicy: "OR('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
  collections: [{ name: 'offers', policy, maxPeerCount, blockToLive }],
  program: { module: module_ },
})

describe('private data across restarts', function () {
  this.timeout(30_000)
  let directory: string
  let stop: (() => Promise<void>) | undefined
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'private-'))
  })
  afterEach(async () => {
    await stop?.()
    stop = undefined
    await rm(directory, { recursive: true, force: true })
  })

  const start = async (blockToLive = 0, maxPeerCount = 2) => {
    const network = await startTestNetwork({ directory, chaincodes: [chaincode(blockToLive, maxPeerCount)] })
    const { contract, close, gateway } = open(network)
    stop = async () => {
      stop = undefined
      close()
      await network.stop()
    }
    const evaluate = async (name: string, args: string[], organization: string) => {
      const result = await contract.evaluate(name, { arguments: args, endorsingOrganizations: [organization] })
      return Buffer.from(result).toString()
    }
    return { network, contract, gateway, evaluate }
  }
  const secret = (key: string, value: string): ProposalOptions => ({
    arguments: ['offers', key],
    transientData: { value },
  })

  it('keeps members’ values and gives them to nobody else', async () => {
    const first = await start()
    await first.contract.submit('PutPrivate', secret('k', 'secret'))
    await stop?.()
    const { evaluate } = await start()
    expect(await evaluate('GetPrivate', ['offers', 'k'], 'FinanceMSP')).to.equal('secret')
    expect(await evaluate('GetPrivate', ['offers', 'k'], 'AuditMSP')).to.equal('secret')
    const error = await evaluate('GetPrivate', ['offers', 'k'], 'ConstructionMSP').catch(String)
    expect(error).to.include('private data matching public hash version is not available')
  })

  it('finds the values of a transaction that was endorsed before and is submitted after', async () => {
    const first = await start()
    const transaction = await first.contract.newProposal('PutPrivate', secret('k', 'late')).endorse()
    await stop?.()
    const { evaluate, gateway } = await start()
    const submitted = await gateway.newTransaction(transaction.getBytes()).submit()
    expect((await submitted.getStatus()).successful).to.equal(true)
    expect(await evaluate('GetPrivate', ['offers', 'k'], 'AuditMSP')).to.equal('late')
  })

  it('leaves a ledger that verifies, after purge and expiry', async () => {
    const { contract } = await start(1)
    await contract.submit('PutPrivate', secret('k', '1'))
    await contract.submit('PutPrivate', secret('l', '1'))
    await contract.submit('PurgePrivate', { arguments: ['offers', 'l'] })
    for (let i = 0; i < 3; i += 1) await contract.submit('Put', { arguments: ['public', String(i)] })
    await contract.submit('PutPrivate', secret('m', '1'))
    await stop?.()
    const { privateRecords } = await verifyLedger(join(directory, 'ledger'))
    expect(privateRecords).to.be.greaterThan(0)
  })

  it('defines a chaincode anew when its collections change, and only then', async () => {
    const first = await start()
    const { height } = first.network.ledger
    await stop?.()
    expect((await start()).network.ledger.height).to.equal(height)
    await stop?.()
    expect((await start(0, 1)).network.ledger.height).to.be.greaterThan(height)
  })

  it('refuses to change the lifetime of what a collection holds, as Fabric does', async () => {
    await start()
    await stop?.()
    const error = await start(5).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.include(
      'FinanceMSP: chaincode response 500, failed to invoke backing implementation of ' +
        "'ApproveChaincodeDefinitionForMyOrg': error validating chaincode definition: the BlockToLive in an existing " +
        'collection [offers] modified. Existing value [0]',
    )
  })

  it('tells a contract whose peer it runs for', async () => {
    const { evaluate } = await start()
    for (const mspId of ['FinanceMSP', 'AuditMSP']) expect(await evaluate('WhosePeer', [], mspId)).to.equal(mspId)
  })
})

function open(network: TestNetwork) {
  const { mspId, certificate, privateKey, channel, grpcClient } = network.connect('FinanceMSP')
  const client = grpcClient()
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(privateKey)),
    hash: hash.sha256,
  })
  const contract: Contract = gateway.getNetwork(channel).getContract('probe')
  const close = (): void => {
    gateway.close()
    client.close()
  }
  return { contract, gateway, close }
}
