import { expect } from 'chai'
import { excessOf, inChinese, inWords } from '../src/index.js'

describe('a verdict for people', () => {
  it('has its amounts in yuan and its rates in percent', () => {
    expect(inWords('≤ 920000000 × 8500 / 10000 = 782000000', 'fen')).to.equal(
      '≤ 9,200,000.00 元 × 85% = 7,820,000.00 元',
    )
    expect(inWords('24332000000000000003 ≤ 221000000 - 0', 'fen')).to.equal(
      '24332000000000000003 ≤ 2,210,000.00 元 - 0.00 元',
    )
    expect(inWords('24332000000000000003: 221000000', 'fen', 'yuan')).to.equal(
      '24332000000000000003: 2,210,000.00 yuan',
    )
    expect(inWords('180000000, once', 'fen')).to.equal('1,800,000.00 元, once')
    expect(inWords('-1 of 100', 'fen')).to.equal('-0.01 元 of 1.00 元')
    expect(inWords('CEMENT ≤ 217600 kg × 10500 / 10000', 'none')).to.equal('CEMENT ≤ 217600 kg × 105%')
    expect(inWords('≤ 100 × 9750 / 10000', 'fen')).to.equal('≤ 1.00 元 × 97.5%')
  })

  it('is read in Chinese', () => {
    const chinese = (text: string) => inWords(inChinese(text), 'fen')
    expect(chinese('100000 unpaid for 31 days, late interest 1550')).to.equal(
      '未付 1,000.00 元，逾期 31 天，利息 15.50 元',
    )
    expect(chinese('180000000, once')).to.equal('1,800,000.00 元，一次')
    expect(chinese('5, after 7')).to.equal('0.05 元，此前已付 0.07 元')
    expect(inChinese('period 2 signed by the chief supervision engineer')).to.equal('第 2 期计量由总监理工程师签字')
    expect(inChinese('3ff8e7e1 is of C-WK-01, C-EV-1; 0a is of D, E')).to.equal(
      '3ff8e7e1 属于 C-WK-01 的 C-EV-1; 0a 属于 D 的 E',
    )
  })

  it('says by how much a limit is passed, where it is one', () => {
    expect(excessOf('≤ 920000000 × 8500 / 10000 = 782000000', '807300000')).to.equal(25_300_000n)
    expect(excessOf('C-Q24-C ≤ 120000000', '78300000 + 47671200')).to.equal(5_971_200n)
    expect(excessOf('24332000000000000003 ≤ 100 - 30', '60 + 20')).to.equal(10n)
    expect(excessOf('≤ 1000 × 9700 / 10000', '971')).to.equal(1n)
    expect(excessOf('≤ 10 + -3', '8')).to.equal(1n)
    expect(excessOf('≤ 100', '100')).to.equal(undefined)
    expect(excessOf('100', '120')).to.equal(undefined)
    expect(excessOf('≤ 3000 / 10000', '4 of 5')).to.equal(undefined)
  })
})
