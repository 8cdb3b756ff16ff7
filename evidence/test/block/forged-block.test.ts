import { randomBytes } from 'node:crypto'
import {
  decode,
  encode,
  encodeBlock,
  Envelope,
  Metadata,
  parseBlock,
  parseCertificate,
  toHex,
  transactionId,
  type Block,
} from '@caizheng/fabric-wire'
import { canonicalBytes, type Anchor } from '@caizheng/records'
import { expect } from 'chai'
import {
  addBlockProof,
  BLOCK_PROOF,
  decodeEvidence,
  encodeEvidence,
  encodeTrust,
  openTrust,
  verify,
  type FabricReceipt,
  type FaultCode,
  type Report,
  type StepCode,
} from '../../src/index.js'
import { fromBase64, toBase64 } from '../../src/format/base64.js'
import {
  blockOf,
  consentersOf,
  createOrderers,
  orderRecord,
  PLACE,
  submitted,
  submitterOf,
  type BlockForgery,
  type OrderedRecord,
  type TestOrderer,
  type TransactionForgery,
} from '../support/block.js'
import { TestAuthority, type Credential } from '../support/authority.js'
import { NOW } from '../support/network.js'
import { endorsedQuery, evidenceOf, identityBytes } from '../support/receipt.js'
import { anchorOf, DOCUMENT } from '../support/records.js'

/** Every forged block is signed over what it says, with genuine keys, unless the signatures are what is forged. */
describe('A forged block proof', () => {
  let ordered: OrderedRecord
  let orderers: readonly [TestOrderer, TestOrderer, TestOrderer, TestOrderer]
  let tried = 0
  before(async () => {
    ordered = await orderRecord()
    orderers = ordered.orderers as typeof orderers
  })
  after(function () {
    if (this.test?.parent) this.test.parent.title += ` (${tried} tried, all named)`
  })

  const kept = () => fromBase64(decodeEvidence(ordered.proven).cosignatures[0]?.['block'] as string)
  const withProofs = (...proofs: readonly unknown[]) => {
    const { receipt, subject } = decodeEvidence(ordered.evidence)
    return encodeEvidence({ receipt: receipt as FabricReceipt, subject, cosignatures: proofs as never })
  }
  const proofOf = (block: Uint8Array) => ({ type: BLOCK_PROOF, block: toBase64(block) })
  const check = (bytes: Uint8Array, trust = ordered.trust) => verify(DOCUMENT, bytes, trust, { at: NOW })

  /** The file stays valid by its receipt; the block proof is refused at this step, and said to prove nothing. */
  function refused(report: Report, code: StepCode, fault: FaultCode): void {
    tried++
    const step = report.steps.find((one) => one.code === code)
    expect(step).to.include({ outcome: 'failed', fault })
    expect(report.outcome).to.equal('VALID')
    expect(report.proven).to.not.have.property('block')
    expect(report.statement.en).to.contain(`Note: ${step?.reason.en}`).and.to.not.contain('by the block proof')
    expect(report.statement.zh).to.contain(`提示：${step?.reason.zh}`)
  }
  const refusedBlock = (block: Uint8Array, code: StepCode, fault: FaultCode) =>
    refused(check(withProofs(proofOf(block))), code, fault)
  /** The honest block with a change, its old signatures kept. */
  const altered = (change: (block: Block) => Partial<Block>) => {
    const block = parseBlock(kept())
    return encodeBlock({ ...block, ...change(block) })
  }
  /** The honest transactions in a block that its orderers sign as it is now. */
  const resigned = (forgery: BlockForgery = {}, signers: readonly TestOrderer[] = orderers.slice(0, 3)) =>
    blockOf(ordered.data, signers, forgery)
  /** A block with another transaction at the record's place, signed. */
  const holding = (envelope: Uint8Array) => blockOf(ordered.data.with(PLACE.transaction, envelope), orderers)
  const rewritten = (forgery: TransactionForgery, nonce = ordered.nonce) =>
    holding(submitted(ordered.network, nonce, ordered.record, forgery))

  it('by nobody of the orderers: another channel’s, too few, one among strangers, none', async () => {
    const strangers = await createOrderers()
    const wrong = (signers: readonly TestOrderer[], fault: FaultCode) =>
      refusedBlock(resigned({}, signers), 'BLOCK_ORDERERS', fault)
    wrong(strangers, 'BLOCK_SIGNATURE')
    wrong([orderers[0], orderers[1], strangers[2] as TestOrderer], 'BLOCK_SIGNATURE')
    wrong([...orderers, { ...(strangers[0] as TestOrderer), id: 9 }], 'BLOCK_SIGNATURE')
    wrong([orderers[0], orderers[1]], 'BLOCK_QUORUM')
    wrong([], 'BLOCK_QUORUM')
    // A network whose orderers sign honestly, and a verifier who pins another's.
    const ordering = [{ from: 1, consenters: consentersOf(strangers) }]
    const trust = openTrust(encodeTrust(ordered.network.trustFile({ ordering })))
    refused(check(ordered.proven, trust), 'BLOCK_ORDERERS', 'BLOCK_SIGNATURE')
  })

  it('with signatures doubled, swapped, out of order, under another’s number, or by identity', () => {
    const wrong = (signatures: NonNullable<BlockForgery['signatures']>, code: StepCode, fault: FaultCode) =>
      refusedBlock(resigned({ signatures }), code, fault)
    const form = ['BLOCK_ENCODING', 'BLOCK_SIGNATURE_FORM'] as const
    wrong((honest) => [...honest, ...honest.slice(-1)], ...form)
    wrong((honest) => honest.toReversed(), ...form)
    wrong((honest) => honest.map((one) => ({ ...one, signatureHeader: identityBytes(orderers[0]) })), ...form)
    const wrongSignature = ['BLOCK_ORDERERS', 'BLOCK_SIGNATURE'] as const
    wrong(
      (honest) => {
        const [a, b, ...others] = honest
        return [{ ...a, signature: b?.signature }, { ...b, signature: a?.signature }, ...others]
      },
      ...wrongSignature,
    )
    wrong((honest) => honest.map((one) => ({ ...one, signature: Uint8Array.of() })), ...wrongSignature)
    // One orderer's key under three numbers.
    refusedBlock(
      resigned(
        {},
        [1, 2, 3].map((id) => ({ ...orderers[0], id })),
      ),
      ...wrongSignature,
    )
  })

  it('with another header, other transactions, other metadata, or metadata that nobody signed', () => {
    const wrong = (block: Uint8Array, code: StepCode, fault: FaultCode) => refusedBlock(block, code, fault)
    wrong(
      altered(({ header }) => ({ header: { ...header, number: 4 } })),
      'BLOCK_ORDERERS',
      'BLOCK_SIGNATURE',
    )
    wrong(
      altered(({ header }) => ({ header: { ...header, previousHash: randomBytes(32) } })),
      'BLOCK_ORDERERS',
      'BLOCK_SIGNATURE',
    )
    wrong(
      altered(({ header }) => ({ header: { ...header, dataHash: randomBytes(32) } })),
      'BLOCK_ENCODING',
      'BLOCK_DATA_HASH',
    )
    wrong(
      altered(({ data }) => ({ data: data.toReversed() })),
      'BLOCK_ENCODING',
      'BLOCK_DATA_HASH',
    )
    wrong(
      altered(({ data }) => ({ data: data.slice(0, 2) })),
      'BLOCK_ENCODING',
      'BLOCK_DATA_HASH',
    )
    wrong(
      altered(() => ({ data: [] })),
      'BLOCK_ENCODING',
      'BLOCK_DATA_HASH',
    )
    wrong(
      altered(() => ({ metadata: [] })),
      'BLOCK_ENCODING',
      'BLOCK_METADATA',
    )
    // A peer's verdicts: the one place that says "valid", and anybody could write it.
    wrong(
      altered(({ metadata }) => ({ metadata: [...metadata, Uint8Array.of(0, 0, 0)] })),
      'BLOCK_ENCODING',
      'BLOCK_METADATA',
    )
    wrong(
      altered(({ metadata }) => ({ metadata: [randomBytes(40), ...metadata.slice(1)] })),
      'BLOCK_ENCODING',
      'RECEIPT_MALFORMED',
    )
    wrong(
      altered(({ metadata }) => {
        const signed = decode(Metadata, metadata[0] as Uint8Array)
        return { metadata: [encode(Metadata, { ...signed, value: randomBytes(3) })] }
      }),
      'BLOCK_ENCODING',
      'RECEIPT_MALFORMED',
    )
    wrong(kept().subarray(0, -1), 'BLOCK_ENCODING', 'RECEIPT_MALFORMED')
    wrong(Buffer.concat([kept(), kept()]), 'BLOCK_ENCODING', 'RECEIPT_MALFORMED')
    wrong(Uint8Array.of(), 'BLOCK_ENCODING', 'RECEIPT_MALFORMED')
  })

  it('whose data was cut at other borders under the same hash and the same signatures', () => {
    const [before, own, after] = ordered.data as [Uint8Array, Uint8Array, Uint8Array]
    const cut = (data: readonly Uint8Array[], fault: FaultCode) =>
      refusedBlock(
        altered(() => ({ data: [...data] })),
        'BLOCK_ENCODING',
        fault,
      )
    const { payload, signature } = decode(Envelope, own)
    const content = encode(Envelope, { payload })
    expect(Buffer.concat([content, encode(Envelope, { signature })])).to.deep.equal(Buffer.from(own))
    cut([before, content, encode(Envelope, { signature }), after], 'BLOCK_CUT')
    cut([Uint8Array.of(), before, own, after], 'BLOCK_CUT')
    cut([before, own, after, Uint8Array.of()], 'BLOCK_CUT')
    cut([Buffer.concat([before, own]), after], 'RECEIPT_MALFORMED')
    cut([before, Buffer.concat([own, after])], 'RECEIPT_MALFORMED')
    cut([before.subarray(0, 9), Buffer.concat([before.subarray(9), own]), after], 'RECEIPT_MALFORMED')
  })

  it('whose signed metadata was cut at other borders under the same signatures', () => {
    for (const moved of [1, 2, 27, -1, -2, -28]) {
      const block = parseBlock(kept())
      const { value, signatures } = decode(Metadata, block.metadata[0] as Uint8Array)
      const joined = (header: Uint8Array) => Buffer.concat([value, header])
      const metadata = encode(Metadata, {
        value: joined(signatures[0]?.identifierHeader ?? value).subarray(0, value.length + moved),
        signatures: signatures.map((one) => ({
          ...one,
          identifierHeader: joined(one.identifierHeader).subarray(value.length + moved),
        })),
      })
      refusedBlock(encodeBlock({ ...block, metadata: [metadata] }), 'BLOCK_ENCODING', 'RECEIPT_MALFORMED')
    }
  })

  it('of another place: block, position, or beyond the end', () => {
    refusedBlock(resigned({ header: { number: 6 } }), 'BLOCK_TRANSACTION', 'BLOCK_PLACE')
    const moved = (data: readonly Uint8Array[]) =>
      refusedBlock(blockOf(data, orderers), 'BLOCK_TRANSACTION', 'BLOCK_TRANSACTION')
    const [before, own, after] = ordered.data as [Uint8Array, Uint8Array, Uint8Array]
    moved([own, before, after])
    moved([before, after, own])
    moved([own])
  })

  it('with another transaction: an invalid one that writes the same, another network’s, a read, a deletion, another value', () => {
    const { record, network } = ordered
    const key = `anchor:${record.id}`
    // Sent twice at once, the second comes to be invalid: same record but for its id, well signed, and ordered.
    const nonce = randomBytes(24)
    const again = { ...record, tx: transactionId(nonce, identityBytes(network.client)) }
    refusedBlock(holding(submitted(network, nonce, again)), 'BLOCK_TRANSACTION', 'BLOCK_TRANSACTION')
    const wrong = (forgery: TransactionForgery, fault: FaultCode) =>
      refusedBlock(rewritten(forgery), 'BLOCK_TRANSACTION', fault)
    wrong({ channelHeader: { channelId: 'pilot' } }, 'OTHER_CHANNEL')
    wrong({ channelHeader: { type: 1 } }, 'HEADER_TYPE')
    wrong({ channelHeader: { txId: again.tx } }, 'TRANSACTION_ID')
    wrong({ rwset: {} }, 'BLOCK_WRITE')
    wrong({ rwset: { writes: [{ key, isDelete: true }] } }, 'BLOCK_WRITE')
    const value = canonicalBytes(record)
    wrong({ rwset: { writes: [{ key, value: canonicalBytes({ ...record, number: 'HT-2026-002' }) }] } }, 'BLOCK_WRITE')
    wrong(
      {
        rwset: {
          writes: [
            { key, value },
            { key, value },
          ],
        },
      },
      'BLOCK_WRITE',
    )
    wrong({ rwset: { writes: [{ key: `batch:${record.id}`, value }] } }, 'BLOCK_WRITE')
    wrong(
      { results: ({ nsRwset = [] }) => ({ nsRwset: nsRwset.map((one) => ({ ...one, namespace: 'echo' })) }) },
      'BLOCK_WRITE',
    )
    wrong({ proposalHash: () => randomBytes(32) }, 'PROPOSAL_HASH')
    wrong({ rwsetBytes: (bytes) => Buffer.concat([bytes, bytes]) }, 'RECEIPT_MALFORMED')
    refusedBlock(
      holding(encode(Envelope, { payload: randomBytes(40), signature: randomBytes(70) })),
      'BLOCK_TRANSACTION',
      'RECEIPT_MALFORMED',
    )
  })

  it('submitted by another: organisation, identity, key, or with a wrong signature', async () => {
    const { network, nonce, record } = ordered
    const { FinanceMSP, AuditMSP } = network.organizations
    const genuine = submitted(network, nonce, record)
    const { payload, signature } = decode(Envelope, genuine)
    const wrongly = encode(Envelope, { payload, signature: signature.with(-1, (signature.at(-1) ?? 0) ^ 1) })
    refusedBlock(holding(wrongly), 'BLOCK_ENDORSEMENTS', 'BLOCK_SUBMITTER')
    // The id of a transaction binds its submitter: another's has another id.
    for (const submitter of [AuditMSP.peer, await FinanceMSP.ca.issue('gateway', { units: ['client'] })]) {
      refusedBlock(rewritten({ submitter }), 'BLOCK_TRANSACTION', 'BLOCK_TRANSACTION')
    }
    // A record that names somebody else than who sent it.
    const named = (submitter: Anchor['submitter'], sender: Credential = network.client) => {
      const tx = transactionId(nonce, identityBytes(sender))
      const other = anchorOf(DOCUMENT, { tx, submitter })
      const block = holding(submitted(network, nonce, other, { submitter: sender }))
      const evidence = evidenceOf(endorsedQuery(network, other))
      refused(check(addBlockProof(evidence, block)), 'BLOCK_ENDORSEMENTS', 'BLOCK_SUBMITTER')
    }
    named({ ...record.submitter, msp: 'AuditMSP' })
    named({ ...record.submitter, id: 'a1'.repeat(32) })
    named({ ...record.submitter, key: 'b2'.repeat(32) })
    const stranger = await (await TestAuthority.create('FinanceMSP', 'ca')).issue('gateway', { units: ['client'] })
    named(submitterOf(stranger), stranger)
  })

  it('endorsed by nobody, by no node, by an organisation that doesn’t sign, wrongly, or with a revoked key', async () => {
    const { network } = ordered
    const { FinanceMSP, AuditMSP, ConstructionMSP } = network.organizations
    const wrong = (forgery: TransactionForgery, fault: FaultCode) =>
      refusedBlock(rewritten(forgery), 'BLOCK_ENDORSEMENTS', fault)
    wrong({ signers: [] }, 'TOO_FEW_ENDORSERS')
    wrong({ signers: [network.client, AuditMSP.peer] }, 'ENDORSER_ROLE')
    wrong({ signers: [{ ...orderers[0] }] }, 'ENDORSER_ORGANIZATION')
    wrong({ signers: [FinanceMSP.peer, FinanceMSP.peer] }, 'ENDORSER_ORDER')
    wrong({ signers: [{ ...ConstructionMSP.peer, claims: 'FinanceMSP' }] }, 'ENDORSER_CERTIFICATE')
    wrong({ signatureBytes: (bytes) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1) }, 'ENDORSER_SIGNATURE')
    const { file } = ordered.trust
    const stolen = toHex(parseCertificate(AuditMSP.peer.der).fingerprint)
    const organizations = file.organizations.map((one) =>
      one.mspId === 'AuditMSP' ? { ...one, revoked: [stolen] } : one,
    )
    const report = check(ordered.proven, openTrust(encodeTrust({ ...file, organizations })))
    const step = report.steps.find(({ code }) => code === 'BLOCK_ENDORSEMENTS')
    expect(step).to.include({ outcome: 'unknown', fault: 'CERTIFICATE_REVOKED' })
    expect(report.proven).to.not.have.property('block')
  })

  it('that stands twice, has a part more, another version, or no block', () => {
    const proof = proofOf(kept())
    refused(check(withProofs(proof, proof)), 'BLOCK_ENCODING', 'BLOCK_TWICE')
    refused(check(withProofs({ ...proof, valid: true })), 'BLOCK_ENCODING', 'SCHEMA')
    refused(check(withProofs({ type: BLOCK_PROOF })), 'BLOCK_ENCODING', 'SCHEMA')
    refused(check(withProofs({ ...proof, block: '=' })), 'BLOCK_ENCODING', 'SCHEMA')
    const later = check(withProofs({ ...proof, type: 'fabric-block-v2' }))
    expect(later.steps.find(({ code }) => code === 'COSIGNATURES')?.fault).to.equal('COSIGNATURE_TYPE')
    expect(later.proven).to.not.have.property('block')
  })
})
