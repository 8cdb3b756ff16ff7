import { expect } from 'chai'
import { formatReport, openTrust, openVerification, replaceReceipt, verify } from '../../src/index.js'
import { receiptOf } from '../../src/receipt/parts.js'
import { createNetwork, type MSP_IDS, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT } from '../support/records.js'

describe('verify: what holds', () => {
  let network: TestNetwork
  before(async () => {
    network = await createNetwork()
  })

  it('proves a single anchor, and says so in one sentence', () => {
    const record = anchorOf(DOCUMENT)
    const report = verify(DOCUMENT, evidenceOf(endorsedQuery(network, record)), network.trust, { at: NOW })
    expect(report.outcome, formatReport(report).join('\n')).to.equal('VALID')
    expect(report).to.not.have.property('weaker')
    expect(report.steps.every(({ outcome }) => outcome === 'passed')).to.be.true
    expect(report.statement.en).to.equal(
      'Valid: the nodes of audit, construction and finance held this record, no later than 2026-11-23 10:04:31 (UTC+8), give or take five minutes.',
    )
    expect(report.statement.zh).to.equal(
      '有效：审计局、住建局、财政局的节点均持有本记录，不晚于 2026-11-23 10:04:31（北京时间，误差五分钟以内）。',
    )
    expect(report.proven?.place).to.deep.equal({ block: 5, transaction: 1 })
    expect(report.proven?.record).to.deep.equal(record)
    expect(report.fingerprint).to.equal(openTrust(network.trust).fingerprint)
  })

  it('takes digests in place of the bytes', () => {
    const record = anchorOf(DOCUMENT)
    const evidence = evidenceOf(endorsedQuery(network, record))
    const { sha256, sm3 } = record.digests
    expect(verify({ sha256 }, evidence, network.trust, { at: NOW }).outcome).to.equal('VALID')
    expect(verify({ sha256, sm3 }, evidence, network.trust, { at: NOW }).outcome).to.equal('VALID')
    expect(verify({ sha256, sm3: sha256 }, evidence, network.trust, { at: NOW }).outcome).to.equal('INVALID')
    expect(verify({ sha256: sm3 }, evidence, network.trust, { at: NOW }).outcome).to.equal('INVALID')
    expect(verify({ sha256: sha256.toUpperCase() }, evidence, network.trust, { at: NOW }).outcome).to.equal('INVALID')
  })

  it('calls two of three weaker, and one never enough', () => {
    const record = anchorOf(DOCUMENT)
    const signedBy = (...mspIds: typeof MSP_IDS) =>
      evidenceOf(endorsedQuery(network, record, { signers: mspIds.map((mspId) => network.organizations[mspId].peer) }))
    const two = verify(DOCUMENT, signedBy('AuditMSP', 'FinanceMSP'), network.trust, { at: NOW })
    expect(two.outcome).to.equal('VALID')
    expect(two.weaker).to.be.true
    expect(two.statement.en).to.contain('Weaker than it should be: construction did not sign.')
    const one = verify(DOCUMENT, signedBy('FinanceMSP'), network.trust, { at: NOW })
    expect(one.outcome).to.equal('INVALID')
    expect(one.steps.find(({ outcome }) => outcome === 'failed')?.fault).to.equal('TOO_FEW_ENDORSERS')
  })

  it('is completed by a later receipt once the third node is back', () => {
    const { documents, batch, record } = batchOf(3)
    const signers = [network.organizations.AuditMSP.peer, network.organizations.FinanceMSP.peer]
    const two = evidenceOf(endorsedQuery(network, record, { signers }), batch.subject([1]))
    const document = documents[1] as Uint8Array
    expect(verify(document, two, network.trust, { at: NOW }).weaker).to.be.true
    const three = replaceReceipt(two, receiptOf(endorsedQuery(network, record)))
    const report = verify(document, three, network.trust, { at: NOW })
    expect(report.outcome).to.equal('VALID')
    expect(report).to.not.have.property('weaker')
  })

  it('proves one document of a batch, and all of them under one receipt', () => {
    const { documents, batch, record } = batchOf(21)
    const parts = endorsedQuery(network, record)
    documents.forEach((document, i) => {
      const report = verify(document, evidenceOf(parts, batch.subject([i])), network.trust, { at: NOW })
      expect(report.outcome, formatReport(report).join('\n')).to.equal('VALID')
      expect(report.proven?.leaf?.index).to.equal(i)
    })
    const together = openVerification(evidenceOf(parts, batch.subject()), network.trust, { at: NOW })
    expect(together.documents).to.have.length(21)
    for (const document of documents) expect(together.verify(document).outcome).to.equal('VALID')
    expect(together.verify(DOCUMENT).outcome).to.equal('INVALID')
    const some = openVerification(evidenceOf(parts, batch.subject([3, 4, 17])), network.trust, { at: NOW })
    const outcomes = documents.map((document) => some.verify(document).outcome)
    expect(outcomes.flatMap((outcome, i) => (outcome === 'VALID' ? [i] : []))).to.deep.equal([3, 4, 17])
  })

  it('leaves SM3 aside where it is told to, and says so', () => {
    const { documents, batch, record } = batchOf(5)
    const document = documents[3] as Uint8Array
    const honest = batch.subject([3])
    const otherSm3 = { ...honest, nodes: { ...honest.nodes, sm3: honest.nodes.sm3.map(() => '0'.repeat(64)) } }
    const evidence = evidenceOf(endorsedQuery(network, record), otherSm3)
    expect(verify(document, evidence, network.trust, { at: NOW }).outcome).to.equal('INVALID')
    const report = verify(document, evidence, network.trust, { at: NOW, digests: 'sha256' })
    expect(report.outcome).to.equal('VALID')
    expect(report.statement.en).to.contain('By SHA-256 alone')
    expect(report.steps.find(({ code }) => code === 'INCLUSION')?.reason.en).to.contain('by the SHA-256 root alone')
    expect(report.steps.find(({ code }) => code === 'DOCUMENT')?.reason.en).to.contain('sm3 -')
    const other = verify(documents[2] as Uint8Array, evidence, network.trust, { at: NOW, digests: 'sha256' })
    expect(other.outcome).to.equal('INVALID')
  })

  it('tells documents of one digest apart by their leaves, and finds either', () => {
    const { documents, record, batch } = batchOf(3)
    const verification = openVerification(evidenceOf(endorsedQuery(network, record), batch.subject()), network.trust, {
      at: NOW,
    })
    expect(verification.verify(documents[1] as Uint8Array).proven?.leaf?.leaf.salt).to.equal('1'.padStart(32, '0'))
  })
})
