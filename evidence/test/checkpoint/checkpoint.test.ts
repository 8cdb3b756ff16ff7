import { canonicalBytes, type CheckpointRecord } from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  decodeCheckpoint,
  encodeCheckpoint,
  formatReport,
  openTrust,
  verifyCheckpoint,
  type CheckpointFile,
  type CheckpointReport,
  type FaultCode,
  type Trust,
  type VerifyCheckpointOptions,
} from '../../src/index.js'
import { receiptOf } from '../../src/receipt/parts.js'
import { testLog } from '../support/checkpoints.js'
import { createNetwork, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, type Forgery } from '../support/receipt.js'
import { batchOf } from '../support/records.js'

/** Flips of one byte in turn: a low bit, which keeps text text; the bit of letter case, which keeps base64 base64; the high bit. */
const MASKS = [0x01, 0x20, 0x80]

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] as number) ^ (MASKS[at % MASKS.length] as number)
  return copy
}

describe('checkpoint files', function () {
  this.timeout(180_000)
  const { batches, log, checkpoint } = testLog(13)
  const [early, late] = [checkpoint(2, 6), checkpoint(4, 13)]
  const batch = batches[8]?.id ?? ''
  let network: TestNetwork
  let trust: Trust
  let kept: Uint8Array
  let file: Uint8Array

  before(async () => {
    network = await createNetwork()
    trust = openTrust(network.trust)
    kept = fileOf(early)
    file = fileOf(late, {
      consistency: [log(13).consistency(1), log(13).consistency(6)],
      members: [8, 2].map((index) => log(13).member(index, batches[index] as never)),
    })
  })

  function fileOf(
    record: CheckpointRecord,
    proofs: Partial<Pick<CheckpointFile, 'consistency' | 'members'>> = {},
    forgery: Forgery = {},
  ): Uint8Array {
    return encodeCheckpoint({ receipt: receiptOf(endorsedQuery(network, record, forgery)), ...proofs })
  }

  const check = (bytes: Uint8Array, options: VerifyCheckpointOptions = {}) =>
    verifyCheckpoint(bytes, trust, { at: NOW, ...options })
  const changed = (change: (copy: CheckpointFile) => void): Uint8Array => {
    const copy = JSON.parse(new TextDecoder().decode(file)) as CheckpointFile
    change(copy)
    return canonicalBytes(copy)
  }
  const faults = (report: CheckpointReport): (FaultCode | undefined)[] =>
    report.steps.filter(({ outcome }) => outcome !== 'passed').map(({ fault }) => fault)

  it('prove a log, that what was kept is still there, and that a batch is in it', () => {
    expect(check(file).statement.en).to.match(/checkpoint 4, a log of 13 batches/)
    const report = check(file, { kept, batch })
    expect(report.outcome, formatReport(report as never).join('\n')).to.equal('VALID')
    expect(report.statement.en).to.contain('All 6 batches of checkpoint 2')
    expect(report.statement.en).to.contain(`Batch ${batch} is number 9 in it.`)
    expect(report.statement.zh).to.contain('先前留存的第 2 号检查点的全部 6 个批次仍在其中')
    expect(report.proven?.continues).to.deep.equal(early)
    expect(report.proven?.member?.index).to.equal(8)
    expect(check(file, { kept: file }).outcome).to.equal('VALID')
    const signers = [network.organizations.AuditMSP.peer, network.organizations.FinanceMSP.peer]
    const weaker = check(fileOf(late, {}, { signers }))
    expect([weaker.outcome, weaker.weaker]).to.deep.equal(['VALID', true])
    expect(weaker.statement.en).to.contain('construction did not sign')
  })

  it('tell a rewritten past', () => {
    const rewritten = { ...early, roots: { ...early.roots, sm3: 'e'.repeat(64) } }
    const cases: [Uint8Array, Uint8Array, FaultCode][] = [
      [file, fileOf(rewritten), 'CONSISTENCY_PROOF'],
      [file, fileOf({ ...early, roots: log(5).roots }), 'CONSISTENCY_PROOF'],
      [file, fileOf({ ...late, number: 3, roots: log(6).roots }), 'CONSISTENCY_PROOF'],
      [fileOf({ ...late, size: 5, number: 9 }), fileOf({ ...early, number: 8 }), 'CONSISTENCY_PROOF'],
      [changed(({ consistency }) => consistency[1]?.nodes.sm3.pop()), kept, 'CONSISTENCY_PROOF'],
      [changed(({ consistency }) => consistency[1]?.nodes.sha256.push('a'.repeat(64))), kept, 'CONSISTENCY_PROOF'],
      [file, fileOf(early, {}, { rwset: { reads: [] } }), 'KEPT_UNSOUND'],
      [file, new Uint8Array(), 'KEPT_UNSOUND'],
    ]
    for (const [current, earlier, code] of cases) {
      const report = check(current, { kept: earlier })
      expect(report.outcome, code).to.equal('INVALID')
      expect(faults(report)).to.include(code)
      expect(report.proven).to.equal(undefined)
    }
  })

  it('cannot tell where a proof is missing, or the two are swapped', () => {
    const cases: [CheckpointReport, FaultCode][] = [
      [check(fileOf(late), { kept }), 'CONSISTENCY_ABSENT'],
      [check(kept, { kept: file }), 'KEPT_LATER'],
      [check(file, { batch: batches[3]?.id ?? '' }), 'MEMBER_ABSENT'],
      [check(file, { batch: 7 as never }), 'MEMBER_ABSENT'],
    ]
    for (const [report, code] of cases) {
      expect([report.outcome, ...faults(report)]).to.deep.equal(['CANNOT_TELL', code])
    }
  })

  it('refuse a batch that is not in the log, and one at another place', () => {
    const stranger = batchOf(30).record
    const cases = [
      changed(({ members }) => Object.assign(members[1] ?? {}, { record: stranger })),
      changed(({ members }) => Object.assign(members[1] ?? {}, { index: 9 })),
      changed(({ members }) => members[1]?.path.sm3.reverse()),
    ]
    for (const [n, bytes] of cases.entries()) {
      const report = check(bytes, { batch: n === 0 ? stranger.id : batch })
      expect([report.outcome, ...faults(report)]).to.deep.equal(['INVALID', 'MEMBER_PROOF'])
    }
  })

  it('take no other record and no other call for a checkpoint', () => {
    const { record: other } = batchOf(3)
    const encoder = new TextEncoder()
    const args = (...values: string[]) => ({ input: { args: values.map((value) => encoder.encode(value)) } })
    const cases: [Uint8Array, FaultCode][] = [
      [encodeCheckpoint({ receipt: receiptOf(endorsedQuery(network, other)) }), 'CALL_ARGUMENTS'],
      [fileOf(late, {}, args('EvidenceContract:GetCheckpoint', '5')), 'RECORD_ID'],
      [fileOf(late, {}, args('EvidenceContract:GetCheckpoint', '04')), 'CALL_ARGUMENTS'],
      [fileOf(late, {}, args('EvidenceContract:GetCheckpoint', '4', '')), 'CALL_ARGUMENTS'],
      [fileOf(late, {}, args('EvidenceContract:GetBatch', '4')), 'CALL_ARGUMENTS'],
      [fileOf(checkpoint(4, 13, { network: 'f'.repeat(64) })), 'RECORD_NETWORK'],
      [fileOf(checkpoint(4, 13, { time: '2026-11-23T09:00:00.000Z' })), 'RECORD_TIME'],
      [fileOf(late, {}, { response: { payload: canonicalBytes(other) } }), 'RECORD_KIND'],
      [fileOf(late, {}, { response: { payload: canonicalBytes({ ...late, size: 0 }) } }), 'RECORD_FORM'],
    ]
    for (const [bytes, code] of cases) {
      const report = check(bytes)
      expect(report.outcome, code).to.equal('INVALID')
      expect(faults(report)).to.include(code)
    }
  })

  it('are read in one form only', () => {
    const cases: [Uint8Array, FaultCode][] = [
      [changed(({ members }) => members.reverse()), 'SCHEMA'],
      [changed(({ consistency }) => consistency.push(consistency[1] as never)), 'SCHEMA'],
      [changed((copy) => Object.assign(copy, { more: 1 })), 'SCHEMA'],
      [changed((copy) => Object.assign(copy, { version: 2 })), 'UNKNOWN_VERSION'],
      [changed((copy) => Object.assign(copy, { kind: 'caizheng-evidence' })), 'WRONG_KIND'],
      [Uint8Array.of(...file, 10), 'NOT_CANONICAL'],
    ]
    for (const [bytes, code] of cases) expect(faults(check(bytes))).to.include(code)
    expect(encodeCheckpoint(decodeCheckpoint(file))).to.deep.equal(file)
  })

  it('every byte of a checkpoint file', function () {
    let [tried, harmless] = [0, 0]
    // The proofs stand before the receipt, whose steps need no other file to fail.
    const proofs = new TextDecoder().decode(file).indexOf('"receipt"')
    for (let at = 0; at < file.length; at++) {
      const copy = flipped(file, at)
      tried++
      if (check(copy, at < proofs ? { kept, batch } : { batch }).outcome !== 'VALID') continue
      // A change of a proof that nobody asked for, and that stays in form, changes nothing of what is proven.
      const { consistency, members, ...rest } = decodeCheckpoint(copy)
      const honest = decodeCheckpoint(file)
      expect(rest).to.deep.equal({ kind: honest.kind, version: honest.version, receipt: honest.receipt })
      expect(consistency[1]).to.deep.equal(honest.consistency[1])
      expect(members[1]).to.deep.equal(honest.members[1])
      harmless++
    }
    if (this.test) this.test.title += ` (${tried} tried, ${tried - harmless} rejected, ${harmless} harmless)`
  })

  it('bytes of the file that was kept', function () {
    let tried = 0
    // All its steps are those of the file itself, which had every byte changed.
    for (let at = 0; at < kept.length; at += 4) {
      tried++
      expect(check(file, { kept: flipped(kept, at) }).outcome, `byte ${at}`).to.not.equal('VALID')
    }
    if (this.test) this.test.title += ` (${tried} tried and rejected)`
  })

  it('never throw, whatever they hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.uint8Array(), (value, bytes) => {
        for (const hostile of [bytes, new TextEncoder().encode(JSON.stringify(value))]) {
          expect(check(hostile, { kept: hostile, batch }).outcome).to.not.equal('VALID')
          expect(check(file, { kept: hostile }).outcome).to.not.equal('VALID')
          expect(verifyCheckpoint(file, hostile, { at: NOW }).outcome).to.not.equal('VALID')
        }
      }),
      { numRuns: 50 },
    )
  })
})
