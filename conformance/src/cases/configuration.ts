import {
  channelConfigOf,
  ACLs,
  BatchSize,
  ConfigUpdate,
  encode,
  ImplicitMetaPolicy,
  ImplicitMetaRule,
  isBlockSigned,
  isConfigBlock,
  lastConfigIndex,
  parseBlock,
  PolicyType,
  type ChannelConfig,
} from '@caizheng/fabric-wire'
import { StatusCode } from '@hyperledger/fabric-gateway'
import {
  groupAt,
  makeUpdate,
  openConsortium,
  readConfigBlock,
  readConfiguration,
  signUpdate,
  submitUpdate,
  together,
  updateChannel,
  withoutOrganization,
  withOrganization,
  withPolicy,
  withValue,
  type ConfigChange,
  type Signer,
} from '@caizheng/test-network'
import { expect } from 'chai'
import { openGateway } from '../gateway.js'
import type { Bench } from '../bench.js'
import { administrators, settled } from './administrators.js'
import { expectError } from './state.js'

const ANY_TWO = "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"
const ALL = "AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"

/** Updates of the channel's configuration that are taken, and what is otherwise from then on. */
export function configurationCases(bench: Bench): void {
  describe('updates of the configuration', () => {
    const { admin, all } = administrators(bench)
    const update = (change: ConfigChange, signers: readonly Signer[] = all()): Promise<ChannelConfig> =>
      updateChannel(bench.network, change, signers)
    const present = (peer = 0): Promise<ChannelConfig> => {
      const endpoint = bench.network.peers[peer]
      if (!endpoint) throw new Error('the network has no such peer')
      return readConfiguration(endpoint, bench.network.channel, admin('FinanceMSP'))
    }
    const endorse = (chaincode: string, organizations: string[]) =>
      bench.finance
        .contract(chaincode)
        .newProposal('Put', { arguments: [bench.key(), '1'], endorsingOrganizations: organizations })
        .endorse()
    const batches = (maxMessageCount: number, { batchSize }: ChannelConfig): ConfigChange =>
      withValue('Orderer/BatchSize', encode(BatchSize, { ...batchSize, maxMessageCount }))
    after(() => settled(bench))

    it('are in force on every peer when all three have signed', async () => {
      const before = await present()
      const { maxMessageCount } = before.batchSize
      await update(batches(maxMessageCount + 1, before))
      for (const peer of bench.network.peers.keys()) {
        const { sequence, batchSize } = await present(peer)
        expect(sequence).to.equal(before.sequence + 1)
        expect(batchSize.maxMessageCount).to.equal(maxMessageCount + 1)
      }
      await update(batches(maxMessageCount, before))
    })

    it('stand in a block of their own, which the blocks after it name', async () => {
      const [peer] = bench.network.peers
      if (!peer) throw new Error('the network has no peer')
      const read = () => readConfigBlock(peer, bench.network.channel, admin('FinanceMSP'))
      const before = channelConfigOf(await read())
      await update(batches(before.batchSize.maxMessageCount + 1, before))
      const block = parseBlock(await read())
      const { number } = block.header
      expect(isConfigBlock(block)).to.equal(true)
      expect(lastConfigIndex(block)).to.equal(number)
      expect(isBlockSigned(block, before), 'signed by the consenters of the configuration before').to.equal(true)
      await settled(bench)
      const blocks = await bench.finance.gateway
        .getNetwork(bench.network.channel)
        .getBlockEvents({ startBlock: BigInt(number + 1) })
      try {
        for await (const next of blocks) {
          expect(lastConfigIndex(parseBlock(next.serializeBinary()))).to.equal(number)
          break
        }
      } finally {
        blocks.close()
      }
      await update(batches(before.batchSize.maxMessageCount, before))
    })

    it('judge what was endorsed before and is validated after', async () => {
      await settled(bench)
      // The policy of a chaincode that was defined without one is the channel's
      const two = await endorse('all-three', ['FinanceMSP', 'AuditMSP'])
      await update(withPolicy('Application/Endorsement', ANY_TWO))
      await settled(bench)
      expect((await (await two.submit()).getStatus()).code).to.equal(StatusCode.VALID)
      const late = await endorse('all-three', ['FinanceMSP', 'AuditMSP'])
      await update(withPolicy('Application/Endorsement', ALL))
      await settled(bench)
      expect((await (await late.submit()).getStatus()).code).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('take an organisation out, and let it in again', async () => {
      const { group } = await present()
      const tax = groupAt(group, 'Application', 'TaxMSP')
      const session = openGateway(bench.network.connect('TaxMSP'))
      try {
        await settled(bench)
        await session.contract('any-two').submitTransaction('Put', bench.key(), '1')
        const endorsed = await session
          .contract('any-two')
          .newProposal('Put', { arguments: [bench.key(), '1'] })
          .endorse()
        const blocks = await session.gateway.getNetwork(bench.network.channel).getBlockEvents()
        const next = blocks[Symbol.asyncIterator]().next()
        await update(withoutOrganization('TaxMSP'))
        await settled(bench)
        await expectError(next, 'Unexpected status response: 403')
        await expectError(
          session.contract('any-two').submitTransaction('Put', bench.key(), '1'),
          'creator org unknown, creator is malformed',
        )
        await expectError(endorsed.submit(), 'FORBIDDEN')
        await update(withOrganization('TaxMSP', tax))
        await settled(bench)
        await session.contract('any-two').submitTransaction('Put', bench.key(), '1')
      } finally {
        session.close()
      }
    })

    it('may count organisations, and count those without a node then', async () => {
      const before = await present()
      const organizations = before.organizations.length
      const majority = Math.floor(organizations / 2) + 1
      await update((group) => {
        const policy = groupAt(group, 'Application').policies.get('Admins')
        const value = encode(ImplicitMetaPolicy, { subPolicy: 'Admins', rule: ImplicitMetaRule.MAJORITY })
        if (policy) policy.policy = { type: PolicyType.IMPLICIT_META, value }
      })
      const three = withPolicy('Application/Admins', "AND('FinanceMSP.admin','AuditMSP.admin','ConstructionMSP.admin')")
      await expectError(
        update(three),
        `policy for [Policy] /Channel/Application/Admins not satisfied: implicit policy evaluation failed - 3 sub-policies were satisfied, but this policy requires ${String(majority)} of the 'Admins' sub-policies to be satisfied`,
      )
      const others = ['TaxMSP', 'BankMSP', 'PlanningMSP', 'PartiesMSP'].slice(0, majority - 3)
      await update(three, [...all(), ...others.map(admin)])
      expect((await present()).sequence).to.equal(before.sequence + 2)
    })

    it('let an organisation change itself, with its own signature alone', async () => {
      const own = (expression: string) => withPolicy('Application/TaxMSP/Readers', expression)
      await update(own("OR('TaxMSP.admin')"), [admin('TaxMSP')])
      await update(own("OR('TaxMSP.member')"), [admin('TaxMSP')])
    })

    it('say who may do what', async () => {
      const acls = new Map(
        ['qscc/GetChainInfo', 'peer/ChaincodeToChaincode', 'gateway/CommitStatus'].map((resource) => [
          resource,
          { policyRef: 'Auditors' },
        ]),
      )
      await update(
        together(
          withPolicy('Application/Auditors', "OR('AuditMSP.member')"),
          withValue('Application/ACLs', encode(ACLs, { acls })),
        ),
      )
      const audit = openGateway(bench.network.connect('AuditMSP'))
      try {
        const refused =
          'failed evaluating policy on signed data during check policy [/Channel/Application/Auditors]: [signature set did not satisfy policy]'
        const { channel } = bench.network
        const finance = (name: string) => bench.finance.contract(name)
        const auditor = (name: string) => audit.contract(name)
        await expectError(
          finance('qscc').evaluateTransaction('GetChainInfo', channel),
          `access denied for [GetChainInfo][${channel}]: [${refused}]`,
        )
        await auditor('qscc').evaluateTransaction('GetChainInfo', channel)
        const call = ['CallOther', 'all-three', JSON.stringify(['WhoAmI'])] as const
        await expectError(finance('any-two').evaluateTransaction(...call), refused)
        await auditor('any-two').evaluateTransaction(...call)
        const sent = await (await endorse('any-two', ['FinanceMSP', 'AuditMSP'])).submit()
        await expectError(sent.getStatus(), 'PERMISSION_DENIED')
      } finally {
        audit.close()
        await update((group) => {
          const application = groupAt(group, 'Application')
          application.values.delete('ACLs')
          application.policies.delete('Auditors')
        })
        await settled(bench)
      }
    })

    it('carry signatures that count for nothing beside those that count', async () => {
      const before = await present()
      const { maxMessageCount } = before.batchSize
      const bytes = await makeUpdate(bench.network, batches(maxMessageCount + 1, before), admin('FinanceMSP'))
      const forged = (await openConsortium()).organizations.get('AuditMSP')?.admin ?? admin('AuditMSP')
      const signatures = [forged, admin('TaxMSP'), ...all()].map((one) => signUpdate(bytes, one))
      await submitUpdate(bench.network, bytes, signatures, admin('TaxMSP'))
      expect((await present()).batchSize.maxMessageCount).to.equal(maxMessageCount + 1)
      await update(batches(maxMessageCount, before))
    })

    it('are made for one state of the configuration', async () => {
      const before = await present()
      const { maxMessageCount } = before.batchSize
      const stale = await makeUpdate(bench.network, batches(maxMessageCount + 5, before), admin('FinanceMSP'))
      const submit = (bytes: Uint8Array) =>
        submitUpdate(
          bench.network,
          bytes,
          all().map((one) => signUpdate(bytes, one)),
          admin('FinanceMSP'),
        )
      await update(batches(maxMessageCount + 1, before))
      const version = groupAt((await present()).group, 'Orderer').values.get('BatchSize')?.version ?? 0
      await expectError(
        submit(stale),
        `error applying config update to existing channel '${bench.network.channel}': error authorizing update: error validating DeltaSet: ` +
          `attempt to set key [Value]  /Channel/Orderer/BatchSize to version ${String(version)}, but key is at version ${String(version)}`,
      )
      await update(batches(maxMessageCount, before))
      await expectError(
        submit(encode(ConfigUpdate, { channelId: bench.network.channel, readSet: {}, writeSet: {} })),
        'error validating DeltaSet: delta set was empty -- update would have no effect',
      )
      await expectError(
        submit(encode(ConfigUpdate, { channelId: 'elsewhere', readSet: {}, writeSet: {} })),
        `ConfigUpdate for channel 'elsewhere' but envelope for channel '${bench.network.channel}'`,
      )
    })

    it('must leave a channel that works', async () => {
      const before = await present()
      const refused = (change: ConfigChange, reason: string) =>
        expectError(
          update(change),
          `error applying config update to existing channel '${bench.network.channel}': ${reason}`,
        )
      await refused(
        batches(0, before),
        'initializing channelconfig failed: could not create channel Orderer sub-group config: Attempted to set the batch size max message count to an invalid value: 0',
      )
      await refused(
        withValue('Application/Surprise', new Uint8Array()),
        'initializing channelconfig failed: could not create channel Application sub-group config: failed to deserialize values: Unexpected key Surprise',
      )
      await refused((channel) => {
        channel.groups.delete('Application')
      }, 'current config has application section, but new config does not')
      await expectError(
        update(withPolicy('Orderer/BlockValidation', "OR('FinanceMSP.admin')")),
        'block validation policy should be a signature policy',
      )
    })
  })
}
