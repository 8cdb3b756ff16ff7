import { expect } from 'chai'
import {
  ApplicationPolicy,
  ChaincodeDefinition,
  ChaincodeProposalPayload,
  ChannelHeader,
  decode,
  encode,
  endorsementBytes,
  Envelope,
  equalBytes,
  evaluatePolicy,
  Header,
  HeaderType,
  identify,
  buildProposal,
  buildTransactionEnvelopePayload,
  parseEnvelope,
  parsePolicyExpression,
  parseProposal,
  parseTransaction,
  Payload,
  PreparedTransaction,
  Proposal,
  ProposalResponsePayload,
  SerializedIdentity,
  SignatureHeader,
  SignedProposal,
  StateData,
  toHex,
  Transaction,
  txFilter,
  verifyIdentitySignature,
  WireError,
  channelConfigOf,
  parseBlock,
  type ChannelConfig,
  type Identity,
  type Init,
  type ParsedTransaction,
  sha256,
} from '../src/index.js'
import { BLOCK_NUMBERS, fixture, fixtureText, genesisConfig, recordedBlock } from './support/fixtures.js'

interface Recorded {
  fn: string
  args: string[]
  txid: string
  block: number
  code: number
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value)

/** Every endorser transaction of the recorded chain. */
const transactions: [string, ParsedTransaction][] = BLOCK_NUMBERS.flatMap((number) =>
  recordedBlock(number)
    .data.filter((envelope) => parseEnvelope(envelope).channelHeader.type === HeaderType.ENDORSER_TRANSACTION)
    .map((envelope, index): [string, ParsedTransaction] => [`${number}:${index}`, parseTransaction(envelope)]),
)

function at(place: string): ParsedTransaction {
  const found = transactions.find(([candidate]) => candidate === place)
  if (found === undefined) throw new Error(`no transaction ${place}`)
  return found[1]
}

/** The endorsers whose signatures are good. */
function endorsers(
  { endorsements, proposalResponsePayloadBytes }: ParsedTransaction,
  config: ChannelConfig,
): Identity[] {
  return endorsements.flatMap(({ endorser, signature }) => {
    const identity = identify(config.msps, endorser)
    return verifyIdentitySignature(identity, endorsementBytes(proposalResponsePayloadBytes, endorser), signature)
      ? [identity]
      : []
  })
}

describe('recorded transactions', () => {
  it('are there', () => {
    expect(transactions.length).to.equal(20)
  })

  for (const [place, transaction] of transactions) {
    it(`${place}: ids, hashes, the creator’s signature and every endorsement hold`, () => {
      expect(transaction.transactionIdOk).to.be.true
      expect(transaction.proposalHashOk).to.be.true
      expect(transaction.hasTransient).to.be.false
      expect(transaction.channelHeader.channelId).to.equal('fiscal')
      const creator = identify(genesisConfig.msps, transaction.signatureHeader.creator)
      expect(verifyIdentitySignature(creator, transaction.payloadBytes, transaction.signature)).to.be.true
      expect(verifyIdentitySignature(creator, sha256(transaction.payloadBytes), transaction.signature)).to.be.false
      const signed = endorsers(transaction, genesisConfig)
      expect(signed).to.have.length(transaction.endorsements.length)
      expect(signed.every(({ role }) => role === 'peer')).to.be.true
    })
  }

  it('are those that the clients sent', () => {
    const recorded = Object.values(
      JSON.parse(fixtureText('chain/transactions.json')) as Record<string, Partial<Recorded>>,
    )
    const committed = recorded.filter(({ txid }) => txid !== undefined)
    expect(committed.length).to.be.greaterThan(10)
    for (const { fn, args, txid, block, code } of committed) {
      const [place, transaction] = transactions.find(([, { channelHeader }]) => channelHeader.txId === txid) ?? []
      const [number, index] = (place ?? '').split(':').map(Number)
      expect(number, txid).to.equal(block)
      expect(txFilter(recordedBlock(number ?? 0))[index ?? 0]).to.equal(code)
      if (args !== undefined) expect(transaction?.invocation.args.map(text)).to.deep.equal([fn, ...args])
    }
  })

  it('show what was read and written', () => {
    const { rwset, chaincode, response, event } = at('3:0')
    expect(chaincode).to.deep.equal({ name: 'anchor', version: '1.0' })
    expect(response.status).to.equal(200)
    expect(event?.chaincodeId ?? 'anchor').to.equal('anchor')
    const [lifecycle, anchor] = rwset.namespaces
    expect(lifecycle?.namespace).to.equal('_lifecycle')
    expect(lifecycle?.kv.reads).to.deep.equal([
      { key: 'namespaces/fields/anchor/Sequence', version: { blockNum: 2, txNum: 0 } },
    ])
    expect(anchor?.kv.reads).to.deep.equal([{ key: 'doc:first-1795455057', version: undefined }])
    expect(anchor?.kv.writes[0]).to.include({ key: 'doc:first-1795455057', isDelete: false })
  })

  it('show hashes only of what is private', () => {
    const [lifecycle] = at('1:0').rwset.namespaces
    expect(lifecycle?.collections.map(({ name }) => name)).to.deep.equal(['_implicit_org_FinanceMSP'])
    expect(lifecycle?.collections[0]?.hashed.hashedWrites).to.have.length(6)
    expect(lifecycle?.collections[0]?.hashed.hashedWrites[0]?.keyHash).to.have.length(32)
  })

  it('in block 8 both read the version that the first of them changed', () => {
    const reads = ['8:0', '8:1'].map((place) => at(place).rwset.namespaces[1]?.kv.reads)
    expect(reads[0]).to.deep.equal(reads[1])
  })
})

describe('a transaction that does not hang together', () => {
  const real = at('5:0')
  const { header, data } = decode(Payload, real.payloadBytes)
  const [action] = decode(Transaction, data).actions
  const rebuilt = (actions: Init<Transaction>['actions']): Uint8Array =>
    encode(Envelope, { payload: encode(Payload, { header, data: encode(Transaction, { actions }) }) })

  it('is noticed: another header in its action', () => {
    const other = encode(SignatureHeader, { ...real.signatureHeader, nonce: Uint8Array.of(1) })
    expect(parseTransaction(rebuilt([{ ...action }])).proposalHashOk).to.be.true
    expect(parseTransaction(rebuilt([{ ...action, header: other }])).proposalHashOk).to.be.false
  })

  it('is refused: no action, or two', () => {
    for (const actions of [[], [{ ...action }, { ...action }]]) {
      expect(() => parseTransaction(rebuilt(actions)))
        .to.throw(WireError)
        .with.property('code', 'UNSUPPORTED')
    }
    expect(() => parseTransaction(rebuilt([{}])))
      .to.throw(WireError)
      .with.property('code', 'MISSING')
    expect(() => parseTransaction(recordedBlock(0).data[0] ?? new Uint8Array(0)))
      .to.throw(WireError)
      .with.property('code', 'UNSUPPORTED')
  })

  it('is noticed: an id or a payload that is not its own', () => {
    const channelHeader = encode(ChannelHeader, { ...real.channelHeader, txId: 'ab' })
    const forged = parseTransaction(
      encode(Envelope, { payload: encode(Payload, { header: { ...header, channelHeader }, data }) }),
    )
    expect([forged.transactionIdOk, forged.proposalHashOk]).to.deep.equal([false, false])
  })
})

describe('endorsement policies of the recorded chaincode', () => {
  const [, args] = at('2:0').invocation.args
  const definition = decode(ChaincodeDefinition, args ?? new Uint8Array(0))
  const policy = decode(ApplicationPolicy, definition.validationParameter)
  const expression = "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"

  it('were written as our own parser writes them, byte for byte', () => {
    const ours = encode(ApplicationPolicy, { signaturePolicy: parsePolicyExpression(expression) })
    expect(toHex(ours)).to.equal(toHex(definition.validationParameter))
  })

  it('are satisfied by all its transactions, and by no single endorser', () => {
    const { signaturePolicy } = policy
    if (signaturePolicy === undefined) throw new Error('the policy is a signature policy')
    for (const [place, transaction] of transactions.filter(([, { chaincode }]) => chaincode.name === 'anchor')) {
      const signed = endorsers(transaction, genesisConfig)
      expect(evaluatePolicy(signaturePolicy, signed), place).to.be.true
      expect(genesisConfig.policies.application(policy).evaluate(signed), place).to.be.true
      for (const one of signed) expect(evaluatePolicy(signaturePolicy, [one, one]), place).to.be.false
    }
  })

  it('of the lifecycle count organisations', () => {
    const commit = endorsers(at('2:0'), genesisConfig)
    expect(commit).to.have.length(3)
    const path = '/Channel/Application/LifecycleEndorsement'
    expect(genesisConfig.policies.evaluate(path, commit)).to.be.true
    expect(genesisConfig.policies.evaluate(path, commit.slice(0, 2))).to.be.true
    expect(genesisConfig.policies.evaluate(path, commit.slice(0, 1))).to.be.false
    const reference = { signaturePolicy: undefined, channelConfigPolicyReference: 'Application/Endorsement' }
    expect(genesisConfig.policies.application(reference).evaluate(commit)).to.be.true
  })

  it('stand in the state as the lifecycle writes it', () => {
    const [lifecycle] = at('2:0').rwset.namespaces
    const write = lifecycle?.kv.writes.find(({ key }) => key === 'namespaces/fields/anchor/Sequence')
    expect(decode(StateData, write?.value ?? new Uint8Array(0)).int64).to.equal(1)
  })
})

describe('the recorded receipt', () => {
  const bytes = fixture('receipt/receipt.prepared-transaction.pb')
  const prepared = decode(PreparedTransaction, bytes)
  const transaction = parseTransaction(encode(Envelope, prepared.envelope ?? {}))
  const config = channelConfigOf(fixture('receipt/config.block'))

  it('is read and written to the same bytes', () => {
    expect(equalBytes(encode(PreparedTransaction, prepared), bytes)).to.be.true
  })

  it('carries three organisations’ signatures over the same payload', () => {
    const signed = endorsers(transaction, config)
    expect(signed.map(({ mspid }) => mspid).sort()).to.deep.equal(['AuditMSP', 'ConstructionMSP', 'FinanceMSP'])
    expect(signed.every(({ role }) => role === 'peer')).to.be.true
    const all = parsePolicyExpression("AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')")
    expect(evaluatePolicy(all, signed)).to.be.true
    expect(evaluatePolicy(all, signed.slice(0, 2))).to.be.false
  })

  it('loses them with any change to what they signed', () => {
    const payload = Uint8Array.from(transaction.proposalResponsePayloadBytes)
    payload[payload.length - 1] = (payload.at(-1) ?? 0) ^ 1
    expect(endorsers({ ...transaction, proposalResponsePayloadBytes: payload }, config)).to.deep.equal([])
  })

  it('answers the question asked, by its hash, and names where the record stands', () => {
    expect(transaction.proposalHashOk).to.be.true
    expect(transaction.transactionIdOk).to.be.true
    expect(prepared.transactionId).to.equal(transaction.channelHeader.txId)
    const asked = JSON.parse(fixtureText('receipt/receipt.proposal-arguments.json')) as {
      transaction: string
      arguments: string[]
    }
    expect(transaction.invocation.args.map(text)).to.deep.equal([asked.transaction, ...asked.arguments])
    const [, anchor] = transaction.rwset.namespaces
    expect(anchor?.kv.writes).to.deep.equal([])
    expect(anchor?.kv.reads[0]?.version).to.deep.equal({ blockNum: 4, txNum: 0 })
    const [recorded] = parseBlock(fixture('receipt/block-4.block')).data
    const write = parseTransaction(recorded ?? new Uint8Array(0)).rwset.namespaces[1]?.kv.writes[0]
    expect(write?.key).to.equal(anchor?.kv.reads[0]?.key)
    expect(text(transaction.response.payload)).to.equal(text(write?.value ?? new Uint8Array(0)))
  })

  it('is refused when its header is forged with repeated fields, which Go would take', () => {
    const forgedHeader = Buffer.concat([
      encode(ChannelHeader, { ...transaction.channelHeader, channelId: 'pilot' }),
      encode(ChannelHeader, { channelId: 'fiscal' }),
    ])
    const payload = decode(Payload, transaction.payloadBytes)
    const forged = encode(Envelope, {
      payload: encode(Payload, { ...payload, header: { ...payload.header, channelHeader: forgedHeader } }),
      signature: transaction.signature,
    })
    expect(() => parseTransaction(forged))
      .to.throw(WireError)
      .with.property('code', 'MALFORMED')
  })
})

describe('proposals', () => {
  const creator = encode(SerializedIdentity, { mspid: 'FinanceMSP', idBytes: utf8('certificate') })
  const options = {
    channel: 'fiscal',
    chaincode: 'evidence',
    args: [utf8('EvidenceContract:AnchorDocument'), utf8('{}')],
    creator,
    nonce: new Uint8Array(24).fill(7),
    timestamp: { seconds: 1_795_456_000, nanos: 5 },
    transient: new Map([
      ['b', utf8('2')],
      ['a', utf8('1')],
    ]),
  }
  const built = buildProposal(options)
  const signed = encode(SignedProposal, { proposalBytes: built.proposalBytes, signature: Uint8Array.of(1) })

  it('are read as they were built', () => {
    const proposal = parseProposal(signed)
    expect(proposal.channelHeader).to.include({ channelId: 'fiscal', txId: built.transactionId, type: 3, epoch: 0 })
    expect(proposal.transactionIdOk).to.be.true
    expect(proposal.chaincodeName).to.equal('evidence')
    expect(proposal.args).to.deep.equal(options.args)
    expect(proposal.creator.mspid).to.equal('FinanceMSP')
    expect([...proposal.transient.keys()]).to.deep.equal(['a', 'b'])
  })

  it('become transactions without their transient data', () => {
    const proposal = parseProposal(signed)
    const response = at('3:0').proposalResponsePayload
    const payload = buildTransactionEnvelopePayload(
      built.proposalBytes,
      encode(ProposalResponsePayload, { ...response, proposalHash: proposal.proposalHash }),
      [{ endorser: creator, signature: Uint8Array.of(2) }],
    )
    const transaction = parseTransaction(encode(Envelope, { payload, signature: Uint8Array.of(3) }))
    expect(transaction.proposalHashOk).to.be.true
    expect(transaction.transactionIdOk).to.be.true
    expect(transaction.hasTransient).to.be.false
    expect(transaction.invocation.args).to.deep.equal(options.args)
  })

  it('of a real transaction are rebuilt to its very payload', () => {
    const real = at('5:0')
    const { header } = decode(Payload, real.payloadBytes)
    const proposal = encode(Proposal, {
      header: encode(Header, header ?? {}),
      payload: real.chaincodeProposalPayloadBytes,
    })
    const payload = buildTransactionEnvelopePayload(proposal, real.proposalResponsePayloadBytes, real.endorsements)
    expect(toHex(payload)).to.equal(toHex(real.payloadBytes))
  })

  it('may have their transient map in any order, and nothing else', () => {
    const { header, payload } = decode(Proposal, built.proposalBytes)
    const { input } = decode(ChaincodeProposalPayload, payload)
    const entry = (key: string): Uint8Array =>
      encode(ChaincodeProposalPayload, { transientMap: new Map([[key, utf8('x')]]) })
    const plain = encode(ChaincodeProposalPayload, { input })
    const read = (...parts: Uint8Array[]): string[] => {
      const proposalBytes = encode(Proposal, { header, payload: Buffer.concat([plain, ...parts]) })
      return [...parseProposal(encode(SignedProposal, { proposalBytes })).transient.keys()]
    }
    expect(read(entry('b'), entry('a'))).to.have.members(['a', 'b'])
    expect(() => read(entry('a'), entry('a'))).to.throw(WireError)
    expect(() => read(entry('a'), plain)).to.throw(WireError)
    expect(() => read(Uint8Array.of(0x98, 6, 1))).to.throw(WireError)
  })

  it('that name one chaincode in the header and another in the call are refused', () => {
    const { header, payload } = decode(Proposal, built.proposalBytes)
    const other = decode(Proposal, buildProposal({ ...options, chaincode: 'payment' }).proposalBytes)
    const proposalBytes = encode(Proposal, { header, payload: other.payload })
    expect(payload).not.to.deep.equal(other.payload)
    expect(() => parseProposal(encode(SignedProposal, { proposalBytes })))
      .to.throw(WireError)
      .with.property('code', 'UNSUPPORTED')
  })
})
