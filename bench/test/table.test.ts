import { expect } from 'chai'
import { beside, reached, type Measurement } from '../src/measurement.js'
import { table } from '../src/table.js'

const write: Measurement = { what: 'one synced write', value: 0.5, unit: 'ms' }
const submit: Measurement = {
  what: 'submit p50',
  value: 6,
  unit: 'ms',
  goal: { atMost: 15 },
  beside: beside(6, write),
}

describe('the table', () => {
  it('says what was reached, and beside what', () => {
    const [, , line] = table([submit]).split('\n')
    expect(line?.split('|').map((cell) => cell.trim())).to.deep.equal([
      '',
      'submit p50',
      '6 ms',
      '≤ 15',
      'reached',
      '12×',
      'one synced write: 0.5 ms',
      '',
    ])
  })

  it('says what was missed', () => {
    const rate: Measurement = { what: 'rate', value: 299, unit: 'tx/s', goal: { atLeast: 300 } }
    expect(reached(rate)).to.equal(false)
    expect(table([rate])).to.include('MISSED')
    expect(reached(write)).to.equal(undefined)
  })

  it('is aligned', () => {
    const widths = table([submit, write])
      .split('\n')
      .map((line) => line.length)
    expect(new Set(widths).size).to.equal(1)
  })
})
