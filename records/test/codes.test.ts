import { expect } from 'chai'
import fc from 'fast-check'
import {
  documentTypes,
  formatYuan,
  isAnchoredSingly,
  isDate,
  isTimestamp,
  isUscc,
  MAX_FEN,
  momentOf,
  parseFen,
  parseProjectCode,
  singlyAnchoredTypes,
  usccCheckCharacter,
} from '../src/index.js'

describe('unified social credit code', () => {
  // Four real codes, and the worked example of GB 32100-2015.
  const real = ['91330100799655058B', '9144030071526726XG', '914403001922038216', '91110000802100433B']

  it('accepts real codes', () => {
    for (const code of real) expect(isUscc(code), code).to.equal(true)
    expect(usccCheckCharacter('91350100M000100Y4')).to.equal('3')
  })

  it('finds every change of one character', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(
      fc.property(fc.constantFrom(...real), fc.nat(17), fc.constantFrom(...alphabet), (code, at, other) => {
        fc.pre(code[at] !== other)
        expect(isUscc(code.slice(0, at) + other + code.slice(at + 1))).to.equal(false)
      }),
    )
  })

  it('refuses other lengths, letters and cases', () => {
    for (const text of ['', '91330100799655058', '91330100799655058B ', '91330100799655058b', '9133010079965505IB']) {
      expect(isUscc(text), text).to.equal(false)
    }
    expect(() => usccCheckCharacter('9133010079965505I')).to.throw(RangeError)
    expect(() => usccCheckCharacter('9133')).to.throw(RangeError)
  })
})

describe('project code', () => {
  it('reads the new form, by month', () => {
    expect(parseProjectCode('2303-331003-04-01-000001')).to.deep.equal({
      form: 'month',
      period: '2023-03',
      division: '331003',
      department: '04',
      projectType: '01',
      serial: '000001',
    })
  })

  it('reads the old form, by year, and December 2020 as a month', () => {
    expect(parseProjectCode('2019-331003-48-01-009876')).to.include({ form: 'year', period: '2019' })
    expect(parseProjectCode('2012-331003-48-01-009876')).to.include({ form: 'month', period: '2020-12' })
  })

  it('refuses other shapes and months that do not exist', () => {
    const wrong = [
      '2303-331003-04-01-00001',
      '2313-331003-04-01-000001',
      '2300-331003-04-01-000001',
      '1603-331003-04-01-000001',
    ]
    for (const text of [...wrong, '2303 331003-04-01-000001', '2303-331003-04-01-000001\n', '']) {
      expect(parseProjectCode(text), JSON.stringify(text)).to.equal(undefined)
    }
  })
})

describe('fen', () => {
  it('reads integer fen and writes yuan', () => {
    expect(parseFen('947302000')).to.equal(947302000n)
    expect(parseFen('1000000000000000')).to.equal(MAX_FEN)
    expect([0n, 5n, 100n, 807300000n, -25300000n].map(formatYuan)).to.deep.equal([
      '0.00',
      '0.05',
      '1.00',
      '8,073,000.00',
      '-253,000.00',
    ])
  })

  it('refuses everything else', () => {
    for (const text of ['334,518.948元', '1.5', '-1', '+1', '01', '', ' 1', '1e3', '1000000000000001', '１']) {
      expect(() => parseFen(text), text).to.throw(RangeError)
    }
  })
})

describe('time', () => {
  it('knows which days and moments exist', () => {
    expect(
      ['2024-02-29', '2023-02-29', '2023-02-30', '2023-13-01', '2023-2-1', '2023-02-00'].map(isDate),
    ).to.deep.equal([true, false, false, false, false, false])
    const moments = [
      '2026-11-23T02:04:31.000Z',
      '2026-11-23T02:04:31Z',
      '2026-11-23T24:00:00.000Z',
      '2026-11-23T02:04:31.000+08:00',
    ]
    expect(moments.map(isTimestamp)).to.deep.equal([true, false, false, false])
  })

  it('takes a day to begin in Shanghai', () => {
    expect(new Date(momentOf('2026-11-23')).toISOString()).to.equal('2026-11-22T16:00:00.000Z')
    expect(momentOf('2026-11-23T00:00:00.001Z')).to.equal(Date.UTC(2026, 10, 23) + 1)
    expect(() => momentOf('23.11.2026')).to.throw(RangeError)
  })
})

describe('document types', () => {
  it('gives every type that must be anchored singly a place in the list', () => {
    expect(Object.keys(documentTypes)).to.include.members([...singlyAnchoredTypes])
    expect([isAnchoredSingly('CONTRACT'), isAnchoredSingly('SITE_EVIDENCE')]).to.deep.equal([true, false])
    expect(new Set(Object.values(documentTypes)).size).to.equal(Object.keys(documentTypes).length)
  })
})
