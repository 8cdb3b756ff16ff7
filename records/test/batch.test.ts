import { expect } from 'chai'
import { createHash } from 'node:crypto'
import {
  batchIdPreimage,
  batchKey,
  canonicalBytes,
  canonicalize,
  laneIdPreimage,
  laneKey,
  parseBatch,
  parseBatchRequest,
  parseBatchResult,
  parseLane,
  RecordError,
  type BatchRecord,
  type Lane,
} from '../src/index.js'
import { without } from './samples.js'

const request = {
  leafFormat: 'caizheng-leaf-v1' as const,
  size: 4096,
  roots: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
  lane: 'gateway-1',
}
const batch: BatchRecord = {
  kind: 'batch',
  version: 1,
  network: 'd'.repeat(64),
  id: 'e'.repeat(64),
  ...request,
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64), key: '0'.repeat(64) },
  time: '2026-11-23T02:04:31.000Z',
  tx: '1'.repeat(64),
  sequence: 2,
  previous: '2'.repeat(64),
}
const lane: Lane = {
  kind: 'lane',
  version: 1,
  network: batch.network,
  id: '3'.repeat(64),
  lane: 'gateway-1',
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64) },
  sequence: 2,
  batch: batch.id,
  digest: '4'.repeat(64),
}
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('batch request', () => {
  it('is accepted, and refused with anything missing, beside it or out of its bounds', () => {
    expect(parseBatchRequest(request)).to.deep.equal(request)
    const wrong = [
      ...Object.keys(request).map((field) => without(request, field)),
      { ...request, sequence: 1 },
      { ...request, leafFormat: 'other' },
      { ...request, size: 0 },
      { ...request, size: 2 ** 31 },
      { ...request, size: '1' },
      { ...request, lane: '' },
      { ...request, lane: '-x' },
      { ...request, lane: 'x'.repeat(65) },
      { ...request, lane: '网关' },
      { ...request, roots: { sha256: 'a'.repeat(64) } },
      { ...request, roots: { ...request.roots, sm3: 'B'.repeat(64) } },
    ]
    for (const value of wrong) expect(() => parseBatchRequest(value), JSON.stringify(value)).to.throw(RecordError)
  })
})

describe('batch record', () => {
  it('is read from a value, from text and from bytes; its head likewise', () => {
    for (const form of [batch, canonicalize(batch), canonicalBytes(batch)])
      expect(parseBatch(form)).to.deep.equal(batch)
    expect(parseLane(canonicalBytes(lane))).to.deep.equal(lane)
    expect(() => parseLane({ ...lane, sequence: 0 })).to.throw(RecordError)
  })

  it('has a predecessor exactly if it is not the first of its lane', () => {
    const first = { ...without(batch, 'previous'), sequence: 1 }
    expect(parseBatch(first)).to.deep.equal(first)
    expect(() => parseBatch({ ...batch, sequence: 1 })).to.throw(RecordError, '/previous')
    expect(() => parseBatch(without(batch, 'previous'))).to.throw(RecordError, '/previous')
  })

  it('has its place by network, submitter and root, and by nothing else', () => {
    // Fixed vectors, computed by another program: a change here would move every batch ever made.
    expect(hash(batchIdPreimage(batch))).to.equal('deae0a5d3018ed9b7356992ea5b1dc3b7d2ca96afcdf9f2ea909f2994c3c73c4')
    expect(hash(laneIdPreimage(batch))).to.equal('603779afc243ff35b185a21103da92b86f5cdcf577d26f52ef448ee5d6427648')
    expect(batchIdPreimage({ ...batch, lane: 'x' } as BatchRecord)).to.deep.equal(batchIdPreimage(batch))
    const others: BatchRecord[] = [
      { ...batch, network: '5'.repeat(64) },
      { ...batch, submitter: { ...batch.submitter, msp: 'AuditMSP' } },
      { ...batch, submitter: { ...batch.submitter, id: '5'.repeat(64) } },
    ]
    for (const other of others) {
      expect(batchIdPreimage(other)).not.to.deep.equal(batchIdPreimage(batch))
      expect(laneIdPreimage(other)).not.to.deep.equal(laneIdPreimage(batch))
    }
    expect([batchKey('x'), laneKey('x')]).to.deep.equal(['batch:x', 'lane:x'])
  })
})

describe('the answer to a batch', () => {
  it('is read only in its own form', () => {
    expect(parseBatchResult(canonicalBytes({ created: true, batch }))).to.deep.equal({ created: true, batch })
    expect(() => parseBatchResult(canonicalize({ created: 1, batch }))).to.throw(RecordError)
    expect(() => parseBatchResult(canonicalize({ created: true, batch: lane }))).to.throw(RecordError)
  })
})
