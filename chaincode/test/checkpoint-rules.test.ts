import { checkpointLimits, parseCheckpoint, parseLog, type Log } from '@caizheng/records'
import { expect } from 'chai'
import { leafHash } from '../src/log/hashers.js'
import {
  appendLeaves,
  checkpointOf,
  isSameCheckpoint,
  judgeCheckpoint,
  judgeEntry,
} from '../src/rules/evidence/checkpoint.js'

const lane = (digit: string, joined: number, through: number) => ({ id: digit.repeat(64), joined, through })
const leaf = (number: number) => {
  const data = Uint8Array.of(number)
  return { sha256: leafHash('sha256', data), sm3: leafHash('sm3', data) }
}
const context = {
  network: 'd'.repeat(64),
  submitter: { msp: 'AuditMSP', id: 'f'.repeat(64), key: '0'.repeat(64) },
  time: '2026-11-23T02:04:31.000Z',
  tx: '1'.repeat(64),
}
const requestOf = (number: number, lanes: ReturnType<typeof lane>[]) => ({
  number,
  lanes: lanes.map(({ id, through }) => ({ id, through })),
})

describe('a checkpoint', () => {
  it('appends lane by lane, and its record says what', () => {
    const lanes = [lane('a', 0, 2), lane('b', 0, 1)]
    const grown = appendLeaves(undefined, [leaf(1), leaf(2), leaf(3)])
    const first = parseCheckpoint(checkpointOf(context, undefined, grown, lanes))
    expect(first).to.deep.include({ number: 1, size: 3, submitter: context.submitter })
    expect(first).not.to.have.property('previous')
    expect(first.lanes).to.deep.equal([
      { id: 'a'.repeat(64), from: 1, through: 2 },
      { id: 'b'.repeat(64), from: 1, through: 1 },
    ])

    const digest = '9'.repeat(64)
    const log = parseLog({ kind: 'log', version: 1, network: context.network, number: 1, ...grown, digest })
    const more = appendLeaves(log, [leaf(4)])
    const second = parseCheckpoint(checkpointOf(context, log, more, [lane('a', 2, 3)]))
    expect(second).to.deep.include({ number: 2, size: 4, previous: digest })
    expect(second.lanes).to.deep.equal([{ id: 'a'.repeat(64), from: 3, through: 3 }])
    expect(more).to.deep.equal(appendLeaves(undefined, [leaf(1), leaf(2), leaf(3), leaf(4)]))
    expect(second.roots.sha256).not.to.equal(second.roots.sm3)
  })

  it('is the same again only with the same lanes and numbers', () => {
    const lanes = [lane('a', 0, 2), lane('b', 0, 1)]
    const record = checkpointOf(context, undefined, appendLeaves(undefined, [leaf(1), leaf(2), leaf(3)]), lanes)
    expect(isSameCheckpoint(record, requestOf(1, lanes))).to.equal(true)
    for (const others of [[lane('a', 0, 2)], [lane('a', 0, 2), lane('b', 0, 2)], [lane('a', 0, 2), lane('c', 0, 1)]]) {
      expect(isSameCheckpoint(record, requestOf(1, others))).to.equal(false)
    }
  })

  it('must have the next number, go forward in every lane, and be of bounded size; one refusal names all', () => {
    const log = { number: 4 } as Log
    const codes = (number: number, lanes: ReturnType<typeof lane>[], at: Log | 'none' = log) =>
      judgeCheckpoint(requestOf(number, lanes), at === 'none' ? undefined : at, lanes).map(({ code }) => code)
    expect(codes(5, [lane('a', 3, 4)])).to.deep.equal([])
    expect(codes(1, [lane('a', 0, 1)], 'none')).to.deep.equal([])
    expect(codes(4, [lane('a', 3, 4)])).to.deep.equal(['CHECKPOINT_CONFLICT'])
    expect(codes(6, [lane('a', 3, 4)])).to.deep.equal(['CHECKPOINT_CONFLICT'])
    expect(codes(5, [lane('a', 3, 3), lane('b', 0, 1)])).to.deep.equal(['LANE_ALREADY_JOINED'])
    expect(codes(5, [lane('a', 3, 2)])).to.deep.equal(['LANE_ALREADY_JOINED'])
    expect(codes(5, [lane('a', 0, checkpointLimits.batches)])).to.deep.equal([])
    expect(codes(5, [lane('a', 0, checkpointLimits.batches), lane('b', 6, 7)])).to.deep.equal(['CHECKPOINT_TOO_LARGE'])
    expect(codes(9, [lane('a', 3, 3), lane('b', 0, 1_000)])).to.deep.equal([
      'CHECKPOINT_CONFLICT',
      'LANE_ALREADY_JOINED',
      'CHECKPOINT_TOO_LARGE',
    ])
  })

  it('joins no batch that is not there', () => {
    expect(judgeEntry({}, 'a'.repeat(64), 1)).to.deep.equal([])
    expect(judgeEntry(undefined, 'a'.repeat(64), 7)[0]).to.deep.include({
      code: 'LANE_ENTRY_NOT_FOUND',
      details: { lane: 'a'.repeat(64), sequence: 7 },
    })
  })
})
