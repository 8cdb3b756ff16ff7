import { expect } from 'chai'
import {
  addBlockProof,
  BLOCK_PROOF,
  decodeEvidence,
  encodeEvidence,
  encodeTrust,
  EvidenceError,
  evidenceJsonSchemas,
  formatReport,
  openTrust,
  replaceReceipt,
  verify,
  type FabricReceipt,
  type Report,
} from '../../src/index.js'
import { consentersOf, createOrderers, orderRecord, type OrderedRecord } from '../support/block.js'
import { violations } from '../support/json-schema.js'
import { NOW } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { batchOf, DOCUMENT } from '../support/records.js'

describe('A block proof', () => {
  let ordered: OrderedRecord
  before(async () => {
    ordered = await orderRecord()
  })
  const check = (bytes = ordered.proven, trust = ordered.trust) => verify(DOCUMENT, bytes, trust, { at: NOW })
  const step = ({ steps }: Report, code: string) => steps.find((one) => one.code === code)

  it('says ordered, submitted and endorsed by whom, in steps and a sentence of its own, and not that it is valid', () => {
    const report = check()
    expect(report.outcome, formatReport(report).join('\n')).to.equal('VALID')
    expect(report.steps.filter(({ outcome }) => outcome !== 'passed')).to.deep.equal([])
    const { block } = report.proven ?? {}
    expect(block).to.deep.include({
      number: 5,
      submitter: { mspId: 'FinanceMSP', name: { zh: '财政局', en: 'finance' } },
      orderers: { signed: ['FinanceOrdererMSP', 'AuditOrdererMSP', 'NationalOrdererMSP'], all: 4 },
    })
    expect(block?.endorsers.map(({ mspId }) => mspId)).to.deep.equal(['AuditMSP', 'FinanceMSP'])
    expect(report.statement.en).to.contain(
      'by the block proof: transaction 1 of block 5 was submitted by finance, endorsed by audit and finance and ordered by 3 of 4 orderers; that it is valid is said by the receipt, not by the block.',
    )
    expect(report.statement.zh).to.contain('交易有效与否以回执为准')
    expect(step(report, 'BLOCK_TRANSACTION')?.reason.zh).to.contain('是否有效只以回执为准')
  })

  it('is no part of a file without one, nor of its report', () => {
    const report = check(ordered.evidence)
    expect(report.steps.filter(({ code }) => code.startsWith('BLOCK_'))).to.deep.equal([])
    expect(report.proven).to.not.have.property('block')
  })

  it('keeps of a peer’s block what is signed, in one order, and takes the place of an older proof', () => {
    const { evidence, block, proven } = ordered
    expect(addBlockProof(proven, block)).to.deep.equal(proven)
    const [proof] = decodeEvidence(proven).cosignatures
    expect(proof?.type).to.equal(BLOCK_PROOF)
    expect(violations(evidenceJsonSchemas()['fabric-block-v1'], proof)).to.deep.equal([])
    expect(proven.length).to.be.lessThan(evidence.length + block.length * 1.4)
  })

  it('outlasts another receipt of the same record', () => {
    const { network, record, proven, trust } = ordered
    const receipt = decodeEvidence(evidenceOf(endorsedQuery(network, record))).receipt as FabricReceipt
    expect(check(replaceReceipt(proven, receipt), trust).proven?.block?.number).to.equal(5)
  })

  it('can’t be told under a trust file that names no orderers, as all from before, or none for that block', () => {
    const consenters = consentersOf(ordered.orderers)
    for (const ordering of [[], [{ from: 6, consenters }]]) {
      const report = check(ordered.proven, openTrust(encodeTrust(ordered.network.trustFile({ ordering }))))
      expect(step(report, 'BLOCK_ORDERERS')).to.include({ outcome: 'unknown', fault: 'BLOCK_ORDERERS_UNKNOWN' })
      expect(report.outcome).to.equal('VALID')
      expect(report.proven).to.not.have.property('block')
    }
  })

  it('is held against the orderers of its own time', async () => {
    const [now, later] = [consentersOf(ordered.orderers), consentersOf(await createOrderers())]
    const by = (...sets: [number, typeof now][]) => {
      const ordering = sets.map(([from, consenters]) => ({ from, consenters }))
      return step(
        check(ordered.proven, openTrust(encodeTrust(ordered.network.trustFile({ ordering })))),
        'BLOCK_ORDERERS',
      )
    }
    expect(by([1, later], [5, now], [6, later])?.outcome).to.equal('passed')
    expect(by([1, now], [5, later])?.fault).to.equal('BLOCK_SIGNATURE')
    expect(by([1, now], [6, later])?.outcome).to.equal('passed')
  })

  it('is not added where the block is another’s, is spoilt, or the receipt’s record can’t be read', async () => {
    const { evidence, block } = ordered
    const another = await orderRecord()
    const codeOf = (act: () => unknown) => {
      try {
        act()
      } catch (error) {
        return error instanceof EvidenceError ? error.code : error
      }
      return undefined
    }
    expect(codeOf(() => addBlockProof(evidence, another.block))).to.equal('BLOCK_TRANSACTION')
    expect(codeOf(() => addBlockProof(evidence, block.subarray(1)))).to.equal('RECEIPT_MALFORMED')
    expect(codeOf(() => addBlockProof(evidence, Uint8Array.of()))).to.equal('RECEIPT_MALFORMED')
    const { batch, record } = batchOf(3)
    expect(
      codeOf(() => addBlockProof(evidenceOf(endorsedQuery(another.network, record), batch.subject()), block)),
    ).to.equal('BLOCK_TRANSACTION')
    const { subject, cosignatures } = decodeEvidence(evidence)
    const unknown = encodeEvidence({ receipt: { type: 'other' } as unknown as FabricReceipt, subject, cosignatures })
    expect(codeOf(() => addBlockProof(unknown, block))).to.equal('RECEIPT_TYPE')
  })

  it('beside a receipt that proves nothing, proves nothing either', () => {
    const { network, record, block, trust } = ordered
    const alone = evidenceOf(endorsedQuery(network, record, { signers: [network.organizations.FinanceMSP.peer] }))
    const report = check(addBlockProof(alone, block), trust)
    expect(step(report, 'BLOCK_ENDORSEMENTS')?.outcome).to.equal('passed')
    expect(report.outcome).to.equal('INVALID')
    expect(report).to.not.have.property('proven')
    expect(report.statement.en).to.not.contain('block')
  })
})

describe('The orderers of a trust file', () => {
  let ordered: OrderedRecord
  before(async () => {
    ordered = await orderRecord()
  })

  it('are refused if two share a key or a number, one is a CA, or the sets don’t ascend', () => {
    const { network, orderers } = ordered
    const [first, second] = consentersOf(orderers) as [Consenters[0], Consenters[0]]
    type Consenters = ReturnType<typeof consentersOf>
    const code = (...sets: [number, Consenters][]) => {
      try {
        const ordering = sets.map(([from, consenters]) => ({ from, consenters }))
        encodeTrust(network.trustFile({ ordering }))
      } catch (error) {
        return (error as EvidenceError).code
      }
      return undefined
    }
    expect(code([1, [first, second]])).to.equal(undefined)
    expect(code([1, [first, { ...second, identity: first.identity }]])).to.equal('TRUST_INCONSISTENT')
    expect(code([1, [first, { ...second, id: first.id }]])).to.equal('TRUST_INCONSISTENT')
    expect(code([1, [{ ...first, identity: network.organizations.AuditMSP.ca.der }]])).to.equal('TRUST_CERTIFICATE')
    expect(code([2, [first]], [2, [second]])).to.equal('TRUST_INCONSISTENT')
    expect(code([0, [first]])).to.equal('SCHEMA')
    expect(code([1, []])).to.equal('SCHEMA')
  })
})
