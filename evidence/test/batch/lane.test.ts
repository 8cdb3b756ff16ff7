import { sha256, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import { findLaneGap, type BatchRecord } from '../../src/index.js'
import { batchOf } from '../support/records.js'

describe('gaps of a lane', () => {
  const row: BatchRecord[] = []
  for (let sequence = 1; sequence <= 4; sequence++) {
    const before = row.at(-1)
    const previous = before && { previous: toHex(sha256(canonicalBytes(before))) }
    row.push(batchOf(sequence, { sequence, ...previous }).record)
  }
  const [first, second, third, fourth] = row as [BatchRecord, BatchRecord, BatchRecord, BatchRecord]

  it('are none in a whole row, nor in its beginning', () => {
    for (let count = 0; count <= 4; count++) expect(findLaneGap(row.slice(0, count))).to.equal(undefined)
  })

  it('are found wherever a batch is missing, moved, changed, of another lane or none', () => {
    expect(findLaneGap([first, third, fourth])).to.deep.equal({ code: 'SEQUENCE', at: 1 })
    expect(findLaneGap([second, third])).to.deep.equal({ code: 'SEQUENCE', at: 0 })
    expect(findLaneGap([first, third, second])).to.deep.equal({ code: 'SEQUENCE', at: 1 })
    const changed = { ...second, time: '2026-11-23T02:04:30.000Z' }
    expect(findLaneGap([first, changed, third])).to.deep.equal({ code: 'PREVIOUS', at: 2 })
    expect(findLaneGap([first, { ...second, lane: 'other' }])).to.deep.equal({ code: 'OTHER_LANE', at: 1 })
    for (const value of [null, 1, {}, [], { ...second, size: 0 }]) {
      expect(findLaneGap([first, value])).to.deep.equal({ code: 'NOT_A_BATCH', at: 1 })
    }
  })
})
