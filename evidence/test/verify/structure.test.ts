import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import {
  decodeEvidence,
  encodeTrust,
  formatReport,
  GET_ANCHOR,
  verify,
  type EvidenceFile,
  type FaultCode,
} from '../../src/index.js'
import type { BatchSubject } from '../../src/index.js'
import { createNetwork, DEFINITION, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf, type Forgery } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT, leafOf } from '../support/records.js'

describe('verify: changes of structure', () => {
  let network: TestNetwork
  const { documents, batch, record } = batchOf(11)
  const document = documents[6] as Uint8Array
  const subject = batch.subject([6])
  let honest: EvidenceFile
  before(async () => {
    network = await createNetwork()
    honest = decodeEvidence(evidenceOf(endorsedQuery(network, record), subject))
  })

  const expectFault = (change: object, fault: FaultCode, of = document) => {
    const report = verify(of, canonicalBytes({ ...honest, ...change }), network.trust, { at: NOW })
    expect(report.outcome).to.not.equal('VALID')
    const faults = report.steps.filter(({ outcome }) => outcome !== 'passed').map((step) => step.fault)
    expect(faults, formatReport(report).join('\n')).to.include(fault)
  }
  const withSubject = (change: Partial<BatchSubject>) => ({ subject: { ...subject, ...change } })

  it('the file itself is valid', () => {
    expect(verify(document, canonicalBytes(honest), network.trust, { at: NOW }).outcome).to.equal('VALID')
  })

  it('index shifted', () => {
    const [{ leaf }] = subject.leaves as [BatchSubject['leaves'][number]]
    for (const index of [5, 7, 2, 14]) {
      const inside = index < 11
      expectFault(withSubject({ leaves: [{ index, leaf }] }), inside ? 'INCLUSION_ROOT' : 'INCLUSION_PROOF')
    }
    // 10 is the last leaf of 11: its path is shorter.
    expectFault(withSubject({ leaves: [{ index: 10, leaf }] }), 'INCLUSION_PROOF')
  })

  it('size shifted', () => {
    for (const size of [10, 12, 1]) expectFault(withSubject({ size }), 'INCLUSION_SIZE')
  })

  it('a path too short, too long, swapped, empty', () => {
    const { sha256, sm3 } = subject.nodes
    expectFault(withSubject({ nodes: { sha256: sha256.slice(1), sm3 } }), 'INCLUSION_PROOF')
    expectFault(withSubject({ nodes: { sha256: [...sha256, sha256[0] as string], sm3 } }), 'INCLUSION_PROOF')
    expectFault(withSubject({ nodes: { sha256, sm3: sm3.slice(0, -1) } }), 'INCLUSION_PROOF')
    expectFault(withSubject({ nodes: { sha256, sm3: [] } }), 'INCLUSION_PROOF')
    expectFault(withSubject({ nodes: { sha256: [...sha256].reverse(), sm3 } }), 'INCLUSION_ROOT')
  })

  it('one tree’s path in place of the other’s', () => {
    const { sha256, sm3 } = subject.nodes
    expectFault(withSubject({ nodes: { sha256: sm3, sm3: sha256 } }), 'INCLUSION_ROOT')
    expectFault(withSubject({ nodes: { sha256, sm3: sha256 } }), 'INCLUSION_ROOT')
  })

  it('a leaf of another document, another salt, other particulars', () => {
    const leaf = leafOf(DOCUMENT)
    expectFault(withSubject({ leaves: [{ index: 6, leaf }] }), 'INCLUSION_ROOT', DOCUMENT)
    const [{ leaf: own }] = subject.leaves as [BatchSubject['leaves'][number]]
    expectFault(withSubject({ leaves: [{ index: 6, leaf: { ...own, salt: 'f'.repeat(32) } }] }), 'INCLUSION_ROOT')
    expectFault(withSubject({ leaves: [{ index: 6, leaf: { ...own, number: 'HT-2026-002' } }] }), 'INCLUSION_ROOT')
  })

  it('a leaf more, doubled, or none', () => {
    const [entry] = subject.leaves as [BatchSubject['leaves'][number]]
    expectFault(withSubject({ leaves: [entry, entry] }), 'INCLUSION_PROOF')
    expectFault(withSubject({ leaves: [] }), 'SCHEMA')
    expectFault(withSubject({ leaves: [{ ...entry, index: 5 }, entry] }), 'INCLUSION_ROOT')
  })

  it('a receipt of another batch, and of a single anchor', () => {
    const other = batchOf(12)
    const otherReceipt = decodeEvidence(evidenceOf(endorsedQuery(network, other.record), other.batch.subject([6])))
    expectFault({ receipt: otherReceipt.receipt }, 'INCLUSION_SIZE')
    const same = batchOf(11, { lane: 'finance-2', roots: { sha256: 'ab'.repeat(32), sm3: 'cd'.repeat(32) } })
    const sameSize = decodeEvidence(evidenceOf(endorsedQuery(network, same.record), subject))
    expectFault({ receipt: sameSize.receipt }, 'INCLUSION_ROOT')
    const single = decodeEvidence(evidenceOf(endorsedQuery(network, anchorOf(document))))
    expectFault({ receipt: single.receipt }, 'RECORD_KIND')
    expectFault({ subject: { type: 'anchor' } }, 'RECORD_KIND')
  })

  it('a batch asked for by the function of single anchors, or standing at such a key', () => {
    const args = [GET_ANCHOR, record.id].map((argument) => new TextEncoder().encode(argument))
    const key = `anchor:${record.id}`
    const reads = [{ key, version: { blockNum: 5, txNum: 1 } }]
    const faults: [Forgery, FaultCode][] = [
      [{ input: { args } }, 'CALL_ARGUMENTS'],
      [{ rwset: { reads } }, 'RESULT_READS'],
    ]
    for (const [forgery, fault] of faults) {
      const evidence = evidenceOf(endorsedQuery(network, record, forgery), subject)
      const report = verify(documents[6] as Uint8Array, evidence, network.trust, { at: NOW })
      expect(report.outcome).to.equal('INVALID')
      expect(report.steps.filter(({ outcome }) => outcome === 'failed').map((step) => step.fault)).to.deep.equal([
        fault,
      ])
    }
  })

  it('a batch record out of its lane’s order', () => {
    const later = batchOf(11, { sequence: 2 })
    const report = verify(document, evidenceOf(endorsedQuery(network, later.record), subject), network.trust, {
      at: NOW,
    })
    expect(report.steps.find(({ code }) => code === 'RECEIPT_RESPONSE')?.fault).to.equal('RECORD_FORM')
  })

  it('a document of another length than its record says', () => {
    const said = anchorOf(DOCUMENT, { size: DOCUMENT.length + 1 })
    const evidence = evidenceOf(endorsedQuery(network, said))
    const report = verify(DOCUMENT, evidence, network.trust, { at: NOW })
    expect(report.outcome).to.equal('INVALID')
    expect(report.steps.find(({ code }) => code === 'DOCUMENT')?.fault).to.equal('DOCUMENT_SIZE')
    // Of digests alone the length is not known, and nothing contradicts the record.
    expect(verify(said.digests, evidence, network.trust, { at: NOW }).outcome).to.equal('VALID')
  })

  it('an unknown version, kind, type of receipt or of subject', () => {
    expectFault({ version: 2 }, 'UNKNOWN_VERSION')
    expectFault({ version: '1' }, 'UNKNOWN_VERSION')
    expectFault({ kind: 'other' }, 'WRONG_KIND')
    expectFault({ receipt: { type: 'cose-receipt', value: 'x' } }, 'RECEIPT_TYPE')
    expectFault({ subject: { type: 'other' } }, 'SCHEMA')
    expectFault({ more: 1 }, 'SCHEMA')
  })

  it('what is not known is not wrong: a newer version and another receipt can’t be told', () => {
    const unknown = canonicalBytes({ ...honest, receipt: { type: 'cose-receipt' } })
    expect(verify(document, unknown, network.trust, { at: NOW }).outcome).to.equal('CANNOT_TELL')
    const newer = canonicalBytes({ ...honest, version: 2 })
    expect(verify(document, newer, network.trust, { at: NOW }).outcome).to.equal('CANNOT_TELL')
  })

  it('co-signatures are reported apart and decide nothing', () => {
    const cosigned = canonicalBytes({ ...honest, cosignatures: [{ type: 'sm2-v9', value: 'x' }] })
    const report = verify(document, cosigned, network.trust, { at: NOW })
    expect(report.outcome).to.equal('VALID')
    expect(report.steps.find(({ code }) => code === 'COSIGNATURES')?.outcome).to.equal('unknown')
  })

  it('another accepted definition of the same chaincode also counts', () => {
    const older = { ...DEFINITION, version: '0.0.9', committed: { block: 1, transaction: 0 } }
    const trust = encodeTrust(network.trustFile({ chaincodes: [older, DEFINITION] }))
    expect(verify(document, canonicalBytes(honest), trust, { at: NOW }).outcome).to.equal('VALID')
    const onlyOlder = encodeTrust(network.trustFile({ chaincodes: [older] }))
    expect(verify(document, canonicalBytes(honest), onlyOlder, { at: NOW }).outcome).to.equal('INVALID')
  })
})

describe('verify: never throws', () => {
  it('whatever comes in', async () => {
    const network = await createNetwork()
    const evidence = evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT)))
    const text = (value: string) => new TextEncoder().encode(value)
    const hostile = [
      new Uint8Array(0),
      text('null'),
      text('[]'),
      text('0'),
      text('{"kind":"caizheng-evidence","version":1}'),
      text('['.repeat(100_000)),
      text(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`),
      text('{"__proto__":1}'),
      Uint8Array.of(0xff, 0xfe),
      undefined as unknown as Uint8Array,
      'text' as unknown as Uint8Array,
    ]
    for (const bytes of hostile) {
      expect(verify(DOCUMENT, bytes, network.trust, { at: NOW }).outcome).to.not.equal('VALID')
      expect(verify(DOCUMENT, evidence, bytes, { at: NOW }).outcome).to.equal('CANNOT_TELL')
    }
    for (const document of [null, undefined, 5, 'x', {}, { sha256: 5 }, { sha256: 'x'.repeat(1e6) }]) {
      expect(verify(document as never, evidence, network.trust, { at: NOW }).outcome).to.not.equal('VALID')
    }
    expect(verify(DOCUMENT, evidence, network.trust, { at: new Date(Number.NaN) }).outcome).to.equal('CANNOT_TELL')
    const tooLarge = new Uint8Array(64 * 1024 * 1024 + 1).fill(0x20)
    expect(verify(DOCUMENT, tooLarge, network.trust).steps.map(({ fault }) => fault)).to.include('TOO_LARGE')
  })
})
