import {
  ACLs,
  blockHash,
  blockSignatureBytes,
  BlockMetadataIndex,
  channelConfigOf,
  configEnvelopeOf,
  consentersOf,
  dataHash,
  decode,
  encode,
  encodeBlock,
  IdentifierHeader,
  Metadata,
  OrdererBlockMetadata,
  parseBlock,
  SmartBFTOptions,
  toHex,
  verifyBlockSignatures,
  WireBlock,
  type ConfigGroup,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { defaultConsortium, openConsortium, quorum, type ConsortiumDefinition } from '../../src/consortium/index.js'
import { identityOf, inMemory, NOW } from './support.js'

describe('genesis block', () => {
  const { consortium, config } = inMemory()
  const signers = (...who: [mspId: string, part: 'admin' | 'user' | 'peer'][]) =>
    who.map(([mspId, part]) => {
      const member = consortium().organizations.get(mspId)?.[part] ?? expect.fail(`${mspId} has no ${part}`)
      return identityOf(config(), member.creator)
    })
  const satisfied = (policy: string, ...who: [mspId: string, part: 'admin' | 'user' | 'peer'][]) =>
    config().policies.evaluate(policy, signers(...who))

  it('reads strictly, and writes back byte for byte', () => {
    const { genesis, network } = consortium()
    expect(encode(WireBlock, decode(WireBlock, genesis))).to.deep.equal(genesis)
    const block = parseBlock(genesis)
    expect(block.header.number).to.equal(0)
    expect(block.header.previousHash).to.have.length(0)
    expect(dataHash(block.data)).to.deep.equal(block.header.dataHash)
    expect(network).to.equal(toHex(blockHash(block.header)))
    const metadata = decode(Metadata, block.metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array())
    expect(decode(OrdererBlockMetadata, metadata.value).lastConfig).to.deep.equal({ index: 0 })
    expect(metadata.signatures).to.deep.equal([])
    expect(encodeBlock(block)).to.deep.equal(genesis)
  })

  it('has the organisations, the capabilities and the limits of the definition', () => {
    const { organizations, ordererOrganizations, capabilities, batchSize, channelId, sequence, batchTimeout } = config()
    expect([channelId, sequence]).to.deep.equal(['fiscal', 0])
    expect(organizations.map(({ mspid }) => mspid)).to.have.members(
      defaultConsortium.organizations.map((it) => it.mspId),
    )
    expect(organizations.filter(({ anchorPeers }) => anchorPeers.length > 0).map((it) => it.mspid)).to.have.members([
      'FinanceMSP',
      'AuditMSP',
      'ConstructionMSP',
    ])
    expect(Object.fromEntries(ordererOrganizations.map(({ mspid, endpoints }) => [mspid, endpoints]))).to.deep.equal({
      FinanceOrdererMSP: ['127.0.0.1:7101'],
      AuditOrdererMSP: ['127.0.0.1:7102'],
      ConstructionOrdererMSP: ['127.0.0.1:7103'],
      NationalOrdererMSP: ['127.0.0.1:7104'],
    })
    expect(capabilities).to.deep.equal({ channel: ['V3_0'], orderer: ['V2_0'], application: ['V2_5'] })
    expect(batchTimeout).to.deep.equal({ timeout: '50ms' })
    expect(batchSize).to.deep.equal({
      maxMessageCount: 500,
      absoluteMaxBytes: 10_485_760,
      preferredMaxBytes: 2_097_152,
    })
  })

  it('names BFT with four consenters and a leader that stays', () => {
    const { consensus, consenters } = config()
    expect(consensus.type).to.equal('BFT')
    const options = decode(SmartBFTOptions, consensus.metadata)
    expect(options.requestBatchMaxInterval).to.equal('50ms')
    expect(options.requestBatchMaxCount).to.equal(500)
    // 1 is off; SmartBFT then demands that no decisions per leader are set
    expect([options.leaderRotation, options.decisionsPerLeader]).to.deep.equal([1, 0])
    expect(consenters.map(({ id, mspId, host, port }) => ({ id, mspId, host, port }))).to.deep.equal(
      defaultConsortium.consenters,
    )
    consenters.forEach(({ identity, serverTlsCert, clientTlsCert }, index) => {
      const held = consortium().consenters[index] ?? expect.fail('no such consenter')
      expect(Buffer.from(identity).toString()).to.equal(held.certificatePem)
      expect(Buffer.from(serverTlsCert).toString()).to.equal(held.tls.certificatePem)
      expect(clientTlsCert).to.deep.equal(serverTlsCert)
    })
  })

  it('takes a block that three consenters sign, and none that two do', () => {
    const block = parseBlock(consortium().genesis)
    const value = encode(OrdererBlockMetadata, { lastConfig: { index: 0 } })
    const signedBy = (count: number) => {
      const signatures = consortium()
        .consenters.slice(0, count)
        .map(({ id, sign }) => {
          const identifierHeader = encode(IdentifierHeader, { identifier: id, nonce: Buffer.alloc(24, id) })
          return { identifierHeader, signature: sign(blockSignatureBytes(value, identifierHeader, block.header)) }
        })
      return { ...block, metadata: [encode(Metadata, { value, signatures })] }
    }
    expect(verifyBlockSignatures(signedBy(3), consentersOf(config())).ok).to.equal(true)
    expect(verifyBlockSignatures(signedBy(2), consentersOf(config())).ok).to.equal(false)
    expect([4, 5, 6, 7, 10].map(quorum)).to.deep.equal([3, 4, 4, 5, 7])
  })

  for (const group of ['/Channel', '/Channel/Application', '/Channel/Orderer']) {
    it(`is administered at ${group} by all three node organisations and by nobody less`, () => {
      const policy = `${group}/Admins`
      const three: ['FinanceMSP' | 'AuditMSP' | 'ConstructionMSP', 'admin'][] = [
        ['FinanceMSP', 'admin'],
        ['AuditMSP', 'admin'],
        ['ConstructionMSP', 'admin'],
      ]
      expect(satisfied(policy, ...three)).to.equal(true)
      for (const absent of three) {
        const two = three.filter((it) => it !== absent)
        expect(satisfied(policy, ...two), `without ${absent[0]}`).to.equal(false)
        expect(satisfied(policy, ...two, ['BankMSP', 'admin'], ['TaxMSP', 'admin'])).to.equal(false)
        expect(satisfied(policy, ...two, [absent[0], 'user'])).to.equal(false)
      }
    })
  }

  for (const policy of ['/Channel/Application/LifecycleEndorsement', '/Channel/Application/Endorsement']) {
    it(`needs the peers of all three for ${policy}`, () => {
      expect(satisfied(policy, ['FinanceMSP', 'peer'], ['AuditMSP', 'peer'], ['ConstructionMSP', 'peer'])).to.equal(
        true,
      )
      expect(satisfied(policy, ['FinanceMSP', 'peer'], ['AuditMSP', 'peer'])).to.equal(false)
      expect(satisfied(policy, ['FinanceMSP', 'peer'], ['AuditMSP', 'peer'], ['ConstructionMSP', 'admin'])).to.equal(
        false,
      )
    })
  }

  it('lets every organisation read and write, without a node too, and no peer write', () => {
    for (const { mspId } of defaultConsortium.organizations) {
      for (const group of ['/Channel', '/Channel/Application']) {
        expect(satisfied(`${group}/Writers`, [mspId, 'user']), mspId).to.equal(true)
        expect(satisfied(`${group}/Readers`, [mspId, 'user']), mspId).to.equal(true)
      }
      expect(satisfied('/Channel/Orderer/Writers', [mspId, 'user']), mspId).to.equal(false)
    }
    expect(satisfied('/Channel/Application/Readers', ['AuditMSP', 'peer'])).to.equal(true)
    expect(satisfied('/Channel/Application/Writers', ['AuditMSP', 'peer'])).to.equal(false)
  })

  it('lets ordering nodes read the channel and nothing of the application', () => {
    const [consenter] = consortium().consenters
    const orderer = identityOf(config(), consenter?.creator ?? new Uint8Array())
    expect(orderer.role).to.equal('orderer')
    expect(config().policies.evaluate('/Channel/Readers', [orderer])).to.equal(true)
    expect(config().policies.evaluate('/Channel/Application/Readers', [orderer])).to.equal(false)
  })

  it('puts every element under the Admins of its own group', () => {
    const check = (group: ConfigGroup, path: string): number => {
      const elements = [...group.values.values(), ...group.policies.values()]
      for (const { modPolicy, version } of [group, ...elements])
        expect([modPolicy, version], path).to.deep.equal(['Admins', 0])
      expect(group.policies.has('Admins'), path).to.equal(true)
      return [...group.groups].reduce((sum, [name, child]) => sum + check(child, `${path}/${name}`), 1)
    }
    // Channel, Application and Orderer, eight organisations and four
    expect(check(config().group, '/Channel')).to.equal(15)
  })

  it('follows the definition: more organisations, seven consenters, an access control list', async () => {
    const seven = [5, 6, 7].map((id) => ({ id, mspId: 'NationalOrdererMSP', host: `o${id}.example.test`, port: 7050 }))
    const water = { mspId: 'WaterMSP', name: { zh: '水利局', en: 'Water bureau' }, domain: 'water.fiscal.test' }
    const wider: ConsortiumDefinition = {
      ...defaultConsortium,
      organizations: [...defaultConsortium.organizations, { ...water, peer: { host: '::1', port: 7081 } }],
      consenters: [...defaultConsortium.consenters, ...seven],
      accessControl: { 'qscc/GetBlockByNumber': '/Channel/Application/Admins' },
    }
    const consortium = await openConsortium(undefined, wider, { now: () => NOW })
    const config = channelConfigOf(consortium.genesis)
    const { group, policies, consenters, ordererOrganizations } = config
    expect(consenters).to.have.length(7)
    expect(ordererOrganizations.find(({ mspid }) => mspid === 'NationalOrdererMSP')?.endpoints).to.deep.equal([
      '127.0.0.1:7104',
      'o5.example.test:7050',
      'o6.example.test:7050',
      'o7.example.test:7050',
    ])
    const acls = decode(ACLs, group.groups.get('Application')?.values.get('ACLs')?.value ?? new Uint8Array())
    expect([...acls.acls]).to.deep.equal([['qscc/GetBlockByNumber', { policyRef: '/Channel/Application/Admins' }]])
    const peers = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP', 'WaterMSP'].map((mspId) => {
      const peer = consortium.organizations.get(mspId)?.peer ?? expect.fail(`no peer of ${mspId}`)
      return identityOf(config, peer.creator)
    })
    expect(policies.evaluate('/Channel/Application/LifecycleEndorsement', peers)).to.equal(true)
    expect(policies.evaluate('/Channel/Application/LifecycleEndorsement', peers.slice(0, 3))).to.equal(false)
  })

  it('is another one for each network, of the same time too', async () => {
    const other = await openConsortium(undefined, undefined, { now: () => NOW })
    expect(other.network).not.to.equal(consortium().network)
    const { envelope } = configEnvelopeOf(parseBlock(other.genesis))
    expect(envelope.lastUpdate).to.equal(undefined)
  })
})
