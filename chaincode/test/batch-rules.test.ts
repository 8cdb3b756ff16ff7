import type { BatchRecord, BatchRequest } from '@caizheng/records'
import { parseBatch, parseLane } from '@caizheng/records'
import { expect } from 'chai'
import { batchOf, judgeRepeatedBatch, laneAfter } from '../src/rules/evidence/batch.js'

const request: BatchRequest = {
  leafFormat: 'caizheng-leaf-v1',
  size: 4096,
  roots: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
  lane: 'gateway-1',
}
const context = {
  network: 'd'.repeat(64),
  id: 'e'.repeat(64),
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64), key: '0'.repeat(64) },
  time: '2026-11-23T02:04:31.000Z',
  tx: '1'.repeat(64),
}
const laneId = '7'.repeat(64)
const digest = '8'.repeat(64)

describe('a new batch', () => {
  it('is the first of its lane, without a predecessor', () => {
    const batch = parseBatch(batchOf(request, context, undefined))
    expect(batch.sequence).to.equal(1)
    expect(batch).not.to.have.property('previous')
  })

  it('follows the head of its lane, and becomes it', () => {
    const first = batchOf(request, context, undefined)
    const head = parseLane(laneAfter(first, laneId, digest))
    expect(head).to.deep.include({ id: laneId, lane: 'gateway-1', sequence: 1, batch: first.id, digest })
    expect(head.submitter).to.deep.equal({ msp: 'FinanceMSP', id: 'f'.repeat(64) })

    const second = parseBatch(batchOf(request, { ...context, id: '9'.repeat(64) }, head))
    expect(second).to.deep.include({ sequence: 2, previous: digest })
    expect(laneAfter(second, laneId, '6'.repeat(64))).to.deep.include({ sequence: 2, digest: '6'.repeat(64) })
  })
})

describe('R23, the same root again', () => {
  const existing: BatchRecord = batchOf(request, context, undefined)

  it('is no change, in whichever lane', () => {
    expect(judgeRepeatedBatch(existing, request)).to.deep.equal([])
    expect(judgeRepeatedBatch(existing, { ...request, lane: 'other' })).to.deep.equal([])
  })

  it('conflicts where size or SM3 root differ', () => {
    const roots = { ...request.roots, sm3: 'c'.repeat(64) }
    const changes: [string[], Partial<BatchRequest>][] = [
      [['size'], { size: 4095 }],
      [['roots'], { roots }],
      [['roots', 'size'], { roots, size: 1 }],
    ]
    for (const [fields, change] of changes) {
      const [breach, ...others] = judgeRepeatedBatch(existing, { ...request, ...change })
      expect(others).to.deep.equal([])
      expect(breach).to.deep.include({ code: 'BATCH_CONFLICT', details: { id: existing.id, fields } })
      expect(breach?.verdict).to.include({ rule: 'R23', outcome: 'REJECT' })
    }
  })
})
