import { expect } from 'chai'
import {
  BatchSize,
  configUpdateOf,
  encode,
  isBlockSigned,
  isConfigBlock,
  lastConfigIndex,
  parseBlock,
  channelConfigOf,
  type Block,
} from '@caizheng/fabric-wire'
import {
  groupAt,
  makeUpdate,
  openConsortium,
  readConfiguration,
  signUpdate,
  startTestNetwork,
  submitUpdate,
  together,
  updateChannel,
  UpdateRefused,
  verifyLedger,
  withoutOrganization,
  withOrganization,
  withPolicy,
  withValue,
  type ConfigChange,
  type Signer,
  type TestNetwork,
} from '../src/index.js'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NODES = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP']

describe('an update of the configuration', function () {
  this.timeout(60_000)
  let directory: string
  let network: TestNetwork
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'caizheng-configuration-'))
    network = await startTestNetwork({ directory })
  })
  after(async () => {
    await network.stop()
    await rm(directory, { recursive: true, force: true })
  })

  const admin = (mspId: string): Signer => {
    const organization = network.consortium.organizations.get(mspId)
    if (!organization) throw new Error(`no ${mspId}`)
    return organization.admin
  }
  const all = () => NODES.map(admin)
  const block = async (number: number): Promise<Block> =>
    parseBlock((await network.ledger.block(number)) ?? new Uint8Array())
  const refusalOf = async (change: ConfigChange, signers: Signer[], submitter?: Signer): Promise<UpdateRefused> => {
    const height = network.ledger.height
    try {
      await updateChannel(network.endpoints, change, signers, submitter)
    } catch (error) {
      if (!(error instanceof UpdateRefused)) throw error
      expect(network.ledger.height).to.equal(height)
      return error
    }
    throw new Error('it was taken')
  }
  const batches = (maxMessageCount: number): ConfigChange =>
    withValue(
      'Orderer/BatchSize',
      encode(BatchSize, { maxMessageCount, absoluteMaxBytes: 10_000_000, preferredMaxBytes: 2_000_000 }),
    )

  it('comes in a block of its own, which every later block names', async () => {
    const number = network.ledger.height
    const { sequence } = await readConfiguration(network.endpoints.peers[0]!, network.channel, admin('AuditMSP'))
    const config = await updateChannel(network.endpoints, batches(7), all())
    expect(config).to.deep.include({
      sequence: sequence + 1,
      batchSize: { maxMessageCount: 7, absoluteMaxBytes: 10_000_000, preferredMaxBytes: 2_000_000 },
    })
    const configBlock = await block(number)
    expect(isConfigBlock(configBlock)).to.equal(true)
    expect(lastConfigIndex(configBlock)).to.equal(number)
    expect(isBlockSigned(configBlock, channelConfigOf(network.consortium.genesis))).to.equal(true)
    expect(configUpdateOf(configBlock)?.signatures).to.have.length(3)
    await updateChannel(network.endpoints, batches(8), all())
    expect(lastConfigIndex(await block(number + 1))).to.equal(number + 1)
  })

  it('needs the administrators whom the policy names', async () => {
    const { status, info } = await refusalOf(batches(9), [admin('FinanceMSP'), admin('AuditMSP')])
    expect(status).to.equal(400)
    expect(info).to.equal(
      "error applying config update to existing channel 'fiscal': error authorizing update: error validating DeltaSet: policy for [Value]  /Channel/Orderer/BatchSize not satisfied: signature set did not satisfy policy",
    )
    expect((await refusalOf(batches(9), [], admin('FinanceMSP'))).info).to.equal(info)
    const clients = NODES.map((mspId) => network.consortium.organizations.get(mspId)!.user)
    expect((await refusalOf(batches(9), clients)).info).to.equal(info)
  })

  it('is refused when the configuration has changed meanwhile', async () => {
    const stale = await makeUpdate(network.endpoints, batches(20), admin('FinanceMSP'))
    await updateChannel(network.endpoints, batches(21), all())
    try {
      await submitUpdate(
        network.endpoints,
        stale,
        all().map((one) => signUpdate(stale, one)),
        admin('FinanceMSP'),
      )
      throw new Error('it was taken')
    } catch (error) {
      expect((error as UpdateRefused).info).to.match(
        /attempt to set key \[Value\] {2}\/Channel\/Orderer\/BatchSize to version \d+, but key is at version \d+/,
      )
    }
  })

  it('is refused when what comes out would be no channel', async () => {
    const reasons: [ConfigChange, string][] = [
      [batches(0), 'Attempted to set the batch size max message count to an invalid value: 0'],
      [withValue('Application/Surprise', new Uint8Array()), 'Unexpected key Surprise'],
      [withValue('Application/FinanceMSP/MSP', new Uint8Array()), 'initializing channelconfig failed'],
      [withPolicy('Orderer/BlockValidation', "OR('FinanceMSP.admin')"), 'block validation policy should be'],
      [
        (channel) => {
          channel.groups.delete('Application')
        },
        'current config has application section, but new config does not',
      ],
    ]
    for (const [change, reason] of reasons) {
      const signers = [...all()]
      expect((await refusalOf(change, signers)).info, reason).to.include(reason)
    }
  })

  it('is whole again after a restart, and the ledger proves it', async () => {
    const before = await readConfiguration(network.endpoints.peers[0]!, network.channel, admin('FinanceMSP'))
    await network.stop()
    expect((await verifyLedger(join(directory, 'ledger'))).height).to.equal(network.ledger.height)
    network = await startTestNetwork({ directory })
    const after = await readConfiguration(network.endpoints.peers[1]!, network.channel, admin('FinanceMSP'))
    expect(after.sequence).to.equal(before.sequence)
    expect(after.batchSize).to.deep.equal(before.batchSize)
    await updateChannel(network.endpoints, batches(30), all())
  })

  it('lets an organisation in, and takes it out again', async () => {
    const { definition } = network.consortium
    const newcomer = { mspId: 'WaterMSP', name: { zh: '水利局', en: 'Water bureau' }, domain: 'water.fiscal.test' }
    const other = await openConsortium(undefined, {
      ...definition,
      organizations: [...definition.organizations, newcomer],
    })
    const { group } = channelConfigOf(other.genesis)
    const members = [...definition.organizations.map(({ mspId }) => mspId), 'WaterMSP']
    const writers = `OR(${members.flatMap((one) => [`'${one}.client'`, `'${one}.admin'`]).join()})`
    await updateChannel(
      network.endpoints,
      together(
        withOrganization('WaterMSP', groupAt(group, 'Application', 'WaterMSP')),
        withPolicy('Application/Readers', `OR(${members.map((one) => `'${one}.member'`).join()})`),
        withPolicy('Application/Writers', writers),
      ),
      all(),
    )
    const water = other.organizations.get('WaterMSP')!
    const config = await readConfiguration(network.endpoints.peers[0]!, network.channel, water.admin)
    expect(config.organizations.map(({ mspid }) => mspid)).to.include('WaterMSP')
    // It may change itself, and nothing else
    const own = withPolicy('Application/WaterMSP/Readers', "OR('WaterMSP.admin')")
    expect((await refusalOf(own, [water.admin])).status).to.equal(403)
    await updateChannel(network.endpoints, own, [water.admin], admin('FinanceMSP'))
    await updateChannel(network.endpoints, withoutOrganization('WaterMSP'), all())
    const gone = await readConfiguration(network.endpoints.peers[0]!, network.channel, water.admin).catch(String)
    expect(gone).to.include('creator org unknown, creator is malformed')
  })

  it('judges what waits under the configuration that comes before it', async () => {
    const [orderer] = network.endpoints.orderers
    if (!orderer) throw new Error('there is an orderer')
    const updates = await Promise.all(
      [40, 41].map((count) => makeUpdate(network.endpoints, batches(count), admin('FinanceMSP'))),
    )
    const height = network.ledger.height
    // Both are right when they are handed in, and only one can be when they are ordered
    const outcomes = await Promise.allSettled(
      updates.map((update) =>
        submitUpdate(
          { ...network.endpoints, orderers: [orderer] },
          update,
          all().map((one) => signUpdate(update, one)),
          admin('FinanceMSP'),
        ),
      ),
    )
    expect(outcomes.some(({ status }) => status === 'fulfilled')).to.equal(true)
    expect(network.ledger.height).to.equal(height + 1)
    // And ordering goes on
    await updateChannel(network.endpoints, batches(42), all())
  })
})
