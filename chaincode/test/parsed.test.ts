import { canonicalBytes, initialSettings, RecordError, settingsIndex, settingsRecords } from '@caizheng/records'
import { expect } from 'chai'
import { parsed } from '../src/state/parsed.js'

const settings = { ...initialSettings, number: 1 }
const bytes = canonicalBytes(settings)

describe('stored bytes', () => {
  it('are read once as long as they are the same, and what they read as is nobody’s to change', () => {
    const first = parsed(settingsRecords, bytes)
    expect(first).to.deep.equal(settingsRecords.parse(bytes))
    expect(parsed(settingsRecords, Buffer.from(bytes))).to.equal(first)
    expect([first, first.modes, first.values].every(Object.isFrozen)).to.equal(true)

    const next = parsed(settingsRecords, canonicalBytes({ ...settings, number: 7 }))
    expect(next.number).to.equal(7)
  })

  it('are refused as another kind, whenever they come', () => {
    parsed(settingsRecords, bytes)
    const asIndex = () => parsed(settingsIndex, bytes)
    expect(asIndex).to.throw(RecordError)
    expect(asIndex).to.throw(RecordError)
  })

  it('are let go before they fill the memory', () => {
    const first = parsed(settingsRecords, bytes)
    const long = { kind: 'long', key: () => 'long', parse: (input: unknown) => (input as Uint8Array).length }
    for (let number = 0; number < 5; number++) expect(parsed(long, Buffer.alloc(1_000_000, number))).to.equal(1_000_000)
    expect(parsed(settingsRecords, bytes)).to.not.equal(first)
  })
})
