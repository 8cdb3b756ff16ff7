import { expect } from 'chai'
import {
  blockHash,
  blockSignatureBytes,
  blockSignatures,
  configUpdateOf,
  consentersOf,
  channelConfigOf,
  ConfigError,
  dataHash,
  encode,
  encodeBlock,
  equalBytes,
  headerBytes,
  IdentifierHeader,
  identify,
  isBlockSigned,
  isConfigBlock,
  lastConfigIndex,
  Metadata,
  OrdererBlockMetadata,
  parseBlock,
  parseEnvelope,
  quorumOf,
  SerializedIdentity,
  sha256,
  SignatureHeader,
  toHex,
  txFilter,
  verifyBlockSignatures,
  verifyIdentitySignature,
  type Block,
  type BlockConsenter,
  type Init,
  type MetadataSignature,
} from '../src/index.js'
import { issue, signWith, type Issued } from './support/authority.js'
import { BLOCK_NUMBERS, configBefore, fixture, genesisConfig, recordedBlock } from './support/fixtures.js'

const FROM = [
  'orderer-audit',
  'orderer-construction',
  'orderer-finance',
  'orderer-national',
  'peer-audit',
  'peer-construction',
]

/** A block with other signatures. */
function withMetadata(block: Block, metadata: Metadata): Block {
  return { ...block, metadata: [encode(Metadata, metadata), ...block.metadata.slice(1)] }
}

describe('recorded blocks', () => {
  it('are read and written to the same bytes, as orderers and as peers serve them', () => {
    const files = [
      ...BLOCK_NUMBERS.map((number) => `chain/blocks/${number}.block`),
      ...FROM.map((source) => `chain/blocks/5.from-${source}.block`),
      'receipt/block-4.block',
      'receipt/config.block',
    ]
    for (const file of files) {
      const bytes = fixture(file)
      expect(equalBytes(encodeBlock(parseBlock(bytes)), bytes), file).to.be.true
    }
  })

  it('chain by their hashes, and hold the data that their headers name', () => {
    let previous = new Uint8Array(0)
    for (const number of BLOCK_NUMBERS) {
      const { header, data } = recordedBlock(number)
      expect(header.number).to.equal(number)
      expect(toHex(header.previousHash)).to.equal(toHex(previous))
      expect(toHex(dataHash(data))).to.equal(toHex(header.dataHash))
      previous = Uint8Array.from(blockHash(header))
    }
  })

  it('are signed by a quorum under the configuration before them', () => {
    for (const number of BLOCK_NUMBERS.slice(1)) {
      const block = recordedBlock(number)
      const config = configBefore(number)
      const verdict = verifyBlockSignatures(block, consentersOf(config))
      expect(verdict.ok, `block ${number}`).to.be.true
      expect(verdict.quorum).to.equal(3)
      expect(verdict.signers).to.have.length.at.least(3)
      expect(isBlockSigned(block, config)).to.be.true
      // The consenter that cuts a configuration block already names it as the last.
      expect(lastConfigIndex(block)).to.equal(number < 10 ? 0 : 10)
    }
  })

  it('carry the same header and data from every orderer, and each its own quorum', () => {
    const signers = new Set<string>()
    for (const source of FROM) {
      const block = parseBlock(fixture(`chain/blocks/5.from-${source}.block`))
      expect(toHex(headerBytes(block.header))).to.equal(toHex(headerBytes(recordedBlock(5).header)))
      const verdict = verifyBlockSignatures(block, consentersOf(genesisConfig))
      expect(verdict.ok, source).to.be.true
      signers.add(verdict.signers.join())
    }
    expect(signers.size).to.be.greaterThan(1)
  })

  it('carry verdicts from peers, none from orderers', () => {
    expect([...txFilter(recordedBlock(8))]).to.deep.equal([0, 11])
    expect([...txFilter(recordedBlock(7))]).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0])
    expect(txFilter(parseBlock(fixture('chain/blocks/5.from-orderer-audit.block')))).to.have.length(0)
  })
})

describe('block signatures', () => {
  const block = recordedBlock(5)
  const consenters = consentersOf(genesisConfig)
  const metadata = blockSignatures(block)

  it('fail with any change to the header', () => {
    for (const change of [
      { number: 6 },
      { previousHash: sha256(block.header.previousHash) },
      { dataHash: sha256(block.header.dataHash) },
    ]) {
      const tampered = { ...block, header: { ...block.header, ...change } }
      expect(verifyBlockSignatures(tampered, consenters).signers).to.deep.equal([])
      expect(isBlockSigned(tampered, genesisConfig)).to.be.false
    }
  })

  it('fail with any change to the signed metadata or to a signature', () => {
    const value = Uint8Array.from(metadata.value)
    value[value.length - 1] = (value.at(-1) ?? 0) ^ 1
    expect(verifyBlockSignatures(withMetadata(block, { ...metadata, value }), consenters).ok).to.be.false
    const [first, ...rest] = metadata.signatures
    if (first === undefined) throw new Error('no signatures')
    const signature = Uint8Array.from(first.signature)
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
    const verdict = verifyBlockSignatures(
      withMetadata(block, { ...metadata, signatures: [{ ...first, signature }, ...rest] }),
      consenters,
    )
    expect(verdict).to.deep.include({ ok: false, quorum: 3 })
    expect(verdict.signers).to.have.length(2)
  })

  it('are counted by consenter: two repeated are two', () => {
    const [first, second] = metadata.signatures
    if (first === undefined || second === undefined) throw new Error('no signatures')
    const repeated = withMetadata(block, { ...metadata, signatures: [first, second, first, second] })
    expect(verifyBlockSignatures(repeated, consenters)).to.deep.include({ ok: false })
    expect(verifyBlockSignatures(repeated, consenters).signers).to.have.length(2)
    const twoNames = consenters.map((one) => ({ ...one, identity: consenters[0]?.identity ?? one.identity }))
    expect(verifyBlockSignatures(block, twoNames).signers).to.have.length.at.most(1)
  })

  it('of strangers do not count', () => {
    const [, ...others] = verifyBlockSignatures(block, consenters).signers
    const fewer = consenters.filter(({ id }) => others.includes(id))
    expect(verifyBlockSignatures(block, fewer, 3)).to.deep.equal({ ok: false, signers: others, quorum: 3 })
    expect(verifyBlockSignatures(block, []).ok).to.be.false
    expect(verifyBlockSignatures(block, consenters, 0).quorum).to.equal(1)
  })

  it('are not those of another run of the network', () => {
    const other = channelConfigOf(fixture('receipt/config.block'))
    expect(verifyBlockSignatures(block, consentersOf(other)).ok).to.be.false
    expect(isBlockSigned(parseBlock(fixture('receipt/block-4.block')), other)).to.be.true
  })

  it('need ⌈(n+f+1)/2⌉', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map(quorumOf)).to.deep.equal([1, 2, 2, 3, 4, 4, 5, 7])
  })

  it('are absent from the genesis block', () => {
    expect(verifyBlockSignatures(recordedBlock(0), consenters)).to.deep.equal({ ok: false, signers: [], quorum: 3 })
  })
})

describe('signatures of orderers of our own', () => {
  const { header } = recordedBlock(5)
  const value = encode(OrdererBlockMetadata, { lastConfig: { index: 0 } })
  let orderers: Issued[]
  let consenters: BlockConsenter[]
  before(async () => {
    orderers = await Promise.all([1, 2, 3, 4].map((id) => issue({ name: `orderer${id}` })))
    consenters = orderers.map(({ pem }, index) => ({ id: index + 1, mspid: 'OrdererMSP', identity: pem }))
  })

  type Signer = (orderer: Issued, id: number) => Init<MetadataSignature>
  const byNumber: Signer = (orderer, identifier) => {
    const identifierHeader = encode(IdentifierHeader, { identifier, nonce: Uint8Array.of(identifier) })
    return { identifierHeader, signature: signWith(orderer, blockSignatureBytes(value, identifierHeader, header)) }
  }
  const byIdentity: Signer = (orderer, id) => {
    const creator = encode(SerializedIdentity, { mspid: 'OrdererMSP', idBytes: orderer.pem })
    const signatureHeader = encode(SignatureHeader, { creator, nonce: Uint8Array.of(id) })
    return { signatureHeader, signature: signWith(orderer, blockSignatureBytes(value, signatureHeader, header)) }
  }
  const signed = (signatures: Init<MetadataSignature>[]): Block => ({
    header,
    data: [],
    metadata: [encode(Metadata, { value, signatures })],
  })

  it('count by number and by identity alike', () => {
    for (const signer of [byNumber, byIdentity]) {
      const signatures = orderers.map((orderer, index) => signer(orderer, index + 1))
      expect(verifyBlockSignatures(signed(signatures), consenters)).to.deep.include({ ok: true, signers: [1, 2, 3, 4] })
      expect(verifyBlockSignatures(signed(signatures.slice(0, 3)), consenters).ok).to.be.true
      expect(verifyBlockSignatures(signed(signatures.slice(0, 2)), consenters).ok).to.be.false
    }
  })

  it('give a key with several numbers one voice', () => {
    const [one] = orderers
    if (one === undefined) throw new Error('no orderers')
    const names = [1, 2, 3, 4].map((id) => ({ id, mspid: 'OrdererMSP', identity: one.pem }))
    const signatures = [1, 2, 3, 4].map((id) => byNumber(one, id))
    expect(verifyBlockSignatures(signed([...signatures, byIdentity(one, 5)]), names).signers).to.deep.equal([1])
  })

  it('count under their own MSP id only', () => {
    const elsewhere = consenters.map((one) => ({ ...one, mspid: 'AnotherMSP' }))
    const signatures = orderers.map((orderer, index) => byIdentity(orderer, index + 1))
    expect(verifyBlockSignatures(signed(signatures), elsewhere).signers).to.deep.equal([])
  })

  it('do not count with another’s number', () => {
    const signatures = orderers.map((orderer, index) => byNumber(orderer, ((index + 1) % 4) + 1))
    expect(verifyBlockSignatures(signed(signatures), consenters).signers).to.deep.equal([])
  })
})

describe('header bytes', () => {
  it('are DER for every size of number', () => {
    const hash = new Uint8Array(32)
    const start = (number: number): string =>
      toHex(headerBytes({ number, previousHash: hash, dataHash: hash })).slice(0, 24)
    expect(start(0)).to.equal('304702010004200000000000')
    expect(start(127)).to.equal('304702017f04200000000000')
    expect(start(128)).to.equal('304802020080042000000000')
    expect(start(2 ** 40)).to.equal('304c02060100000000000420')
    expect(start(Number.MAX_SAFE_INTEGER)).to.equal('304d02071fffffffffffff04')
    const long = headerBytes({ number: 1, previousHash: new Uint8Array(200), dataHash: hash })
    expect(toHex(long.subarray(0, 9))).to.equal('3081f00201010481c8')
  })
})

describe('channel configuration', () => {
  it('reads the genesis block', () => {
    expect(genesisConfig.channelId).to.equal('fiscal')
    expect(genesisConfig.sequence).to.equal(0)
    expect(genesisConfig.organizations.map(({ mspid }) => mspid)).to.have.members([
      'FinanceMSP',
      'AuditMSP',
      'ConstructionMSP',
    ])
    expect(genesisConfig.msps.size).to.equal(7)
    expect(genesisConfig.consensus.type).to.equal('BFT')
    expect(genesisConfig.consenters.map(({ mspId }) => mspId)).to.have.members([
      'FinanceOrdererMSP',
      'AuditOrdererMSP',
      'ConstructionOrdererMSP',
      'NationalOrdererMSP',
    ])
    expect(genesisConfig.batchSize.maxMessageCount).to.equal(500)
    expect(genesisConfig.batchTimeout.timeout).to.equal('200ms')
    expect(genesisConfig.capabilities).to.deep.equal({ channel: ['V3_0'], orderer: ['V2_0'], application: ['V2_5'] })
    expect(genesisConfig.organizations[0]?.anchorPeers).to.have.length(1)
    expect(genesisConfig.policies.paths).to.include('/Channel/Application/LifecycleEndorsement')
  })

  it('reads the update in block 10, signed by a majority of the orderers’ administrators', () => {
    const block = recordedBlock(10)
    expect(isConfigBlock(block)).to.be.true
    const updated = channelConfigOf(block)
    expect([updated.sequence, updated.batchSize.maxMessageCount]).to.deep.equal([1, 400])
    const update = configUpdateOf(block)
    expect(update?.update.channelId).to.equal('fiscal')
    const signers = (update?.signatures ?? []).map(({ creator, signedBytes, signature }) => {
      const identity = identify(genesisConfig.msps, creator)
      expect(verifyIdentitySignature(identity, signedBytes, signature)).to.be.true
      return identity
    })
    expect(genesisConfig.policies.evaluate('/Channel/Orderer/Admins', signers)).to.be.true
    expect(genesisConfig.policies.evaluate('/Channel/Orderer/Admins', signers.slice(0, 2))).to.be.false
    expect(genesisConfig.policies.evaluate('/Channel/Admins', signers)).to.be.false
    expect(configUpdateOf(recordedBlock(0))).to.equal(undefined)
  })

  it('is in configuration blocks only', () => {
    expect(isConfigBlock(recordedBlock(5))).to.be.false
    expect(() => channelConfigOf(recordedBlock(5)))
      .to.throw(ConfigError)
      .with.property('code', 'NOT_A_CONFIG_BLOCK')
    expect(isConfigBlock({ ...recordedBlock(5), data: [Uint8Array.of(1, 2)] })).to.be.false
    expect(parseEnvelope(recordedBlock(0).data[0] ?? new Uint8Array(0)).channelHeader.type).to.equal(1)
  })
})
