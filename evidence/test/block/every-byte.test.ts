import { expect } from 'chai'
import fc from 'fast-check'
import {
  BLOCK_PROOF,
  decodeEvidence,
  encodeEvidence,
  EvidenceError,
  verify,
  type FabricReceipt,
} from '../../src/index.js'
import { checkEndorsements } from '../../src/block/checks/endorsements.js'
import { checkOrderers } from '../../src/block/checks/orderers.js'
import { checkSubmitter } from '../../src/block/checks/submitter.js'
import { checkTransaction } from '../../src/block/checks/transaction.js'
import { openBlock } from '../../src/block/open.js'
import { writeOf } from '../../src/block/write.js'
import { fromBase64, toBase64 } from '../../src/format/base64.js'
import { claimOf } from '../../src/receipt/claim.js'
import { BLOCK_STEPS } from '../../src/verify/block.js'
import { orderRecord, type OrderedRecord } from '../support/block.js'
import { NOW } from '../support/network.js'
import { DOCUMENT } from '../support/records.js'

const ALL = process.env['CAIZHENG_EVERY_BYTE'] !== undefined

/** A low bit; with CAIZHENG_EVERY_BYTE the bit of letter case and the high bit too. */
const MASKS = ALL ? [0x01, 0x20, 0x80] : [0x01]

describe('A block proof: changes of bytes', function () {
  // How long they take is the machine's matter, not theirs.
  this.timeout(120_000)
  let ordered: OrderedRecord
  before(async () => {
    ordered = await orderRecord()
  })

  it('every byte of the block is refused', function () {
    const { proven, trust, record } = ordered
    const file = decodeEvidence(proven)
    const block = fromBase64(file.cosignatures[0]?.['block'] as string)
    const expected = writeOf(claimOf(file))
    const examine = (bytes: Uint8Array): void => {
      const open = openBlock(bytes)
      checkOrderers(open, trust)
      const transaction = checkTransaction(open, expected)
      checkSubmitter(transaction, record.submitter, trust)
      checkEndorsements(transaction, trust)
    }
    examine(block)
    const refusals = new Map<string, number>()
    for (let at = 0; at < block.length; at++) {
      for (const mask of MASKS) {
        try {
          examine(block.with(at, (block[at] ?? 0) ^ mask))
          expect.fail(`a change of byte ${at} by ${mask} passed every check`)
        } catch (error) {
          if (!(error instanceof EvidenceError)) throw error
          refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1)
        }
      }
    }
    expect([...refusals.values()].reduce((a, b) => a + b)).to.equal(block.length * MASKS.length)
    const counts = [...refusals].map(([code, count]) => `${code} ${count}`).join(', ')
    if (this.test) this.test.title += ` (${block.length * MASKS.length} tried: ${counts})`
  })

  // Each costs some 3 ms: a sample unless CAIZHENG_EVERY_BYTE is set.
  it('every byte of a file with a block proof: the file is refused, or the proof is and says nothing any more', function () {
    const { proven, trust } = ordered
    const stride = ALL ? 1 : 53
    const steps = new Set<string>([...BLOCK_STEPS, 'COSIGNATURES'])
    const counts = { tried: 0, rejected: 0, named: 0 }
    for (let at = 0; at < proven.length; at += stride) {
      const report = verify(DOCUMENT, proven.with(at, (proven[at] ?? 0) ^ 0x01), trust, { at: NOW })
      counts.tried++
      if (report.outcome !== 'VALID') {
        counts.rejected++
        continue
      }
      expect(report.proven, `byte ${at}`).to.not.have.property('block')
      expect(report.statement.en, `byte ${at}`).to.not.contain('block proof')
      const wrong = report.steps.filter(({ outcome }) => outcome !== 'passed')
      expect(
        wrong.map(({ code }) => code).filter((code) => steps.has(code)),
        `byte ${at}`,
      ).to.not.deep.equal([])
      expect(
        wrong.filter(({ code }) => !steps.has(code)),
        `byte ${at}`,
      ).to.deep.equal([])
      counts.named++
    }
    expect(counts.named).to.be.greaterThan(0)
    if (this.test) this.test.title += ` (${counts.tried} tried, ${counts.rejected} refused, ${counts.named} named)`
  })

  it('anything in its place is named without an exception', () => {
    const { evidence, proven, trust } = ordered
    const { receipt, subject } = decodeEvidence(evidence)
    const block = fromBase64(decodeEvidence(proven).cosignatures[0]?.['block'] as string)
    const spliced = fc
      .tuple(fc.nat(block.length), fc.nat(block.length), fc.uint8Array({ maxLength: 40 }))
      .map(([start, end, bytes]) => toBase64(Buffer.concat([block.subarray(0, start), bytes, block.subarray(end)])))
    const text = fc.oneof(spliced, fc.base64String(), fc.uint8Array({ maxLength: 99 }).map(toBase64))
    const value = fc.oneof(text, fc.constantFrom<unknown>(null, true, 0, -1, '', '=', [], {}, { block: '' }))
    fc.assert(
      fc.property(value, (by) => {
        if (by === toBase64(block)) return
        const cosignatures = [{ type: BLOCK_PROOF, block: by }]
        const bytes = encodeEvidence({ receipt: receipt as FabricReceipt, subject, cosignatures })
        const report = verify(DOCUMENT, bytes, trust, { at: NOW })
        expect(report.outcome).to.equal('VALID')
        expect(report.proven).to.not.have.property('block')
        const faults = report.steps.map(({ fault }) => fault)
        expect(faults).to.not.include('INTERNAL')
        expect(faults.filter((fault) => fault !== undefined && fault !== 'NOT_REACHED')).to.not.deep.equal([])
      }),
      { numRuns: 200 },
    )
  })
})
