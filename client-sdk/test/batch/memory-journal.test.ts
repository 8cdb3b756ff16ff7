import { expect } from 'chai'
import { MemoryJournal, type JournalledBatch } from '../../src/index.js'

const batch = (digit: string): JournalledBatch => ({
  request: {
    leafFormat: 'caizheng-leaf-v1',
    size: 1,
    roots: { sha256: digit.repeat(64), sm3: '0'.repeat(64) },
    lane: 'a',
  },
  leaves: [{ key: digit, text: '{}' }],
})

describe('the journal in memory', () => {
  it('gives back what was begun and not settled, oldest first', async () => {
    const journal = new MemoryJournal()
    for (const digit of ['2', '1', '3']) await journal.begin(batch(digit))
    await journal.begin(batch('2'))
    await journal.settle('1'.repeat(64))
    expect(journal.unsettled()).to.deep.equal([batch('2'), batch('3')])
  })
})
