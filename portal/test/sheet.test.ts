import {
  applicationKinds,
  applicationStatuses,
  accountKinds,
  formatYuan,
  roleNames,
  ruleModes,
  verdictOutcomes,
} from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import { duration, yuan } from '../src/page/format.js'
import { payableNow } from '../src/page/sheet/money.js'
import { lightOf } from '../src/page/sheet/rules.js'
import { accountWords, kindWords, roleWords, statusTone, statusWords } from '../src/page/sheet/words.js'

describe('words of the review sheet', () => {
  it('are there for all that the records have', () => {
    expect(Object.keys(kindWords)).to.have.members([...applicationKinds])
    expect(Object.keys(statusWords)).to.have.members([...applicationStatuses])
    expect(Object.keys(accountWords)).to.have.members([...accountKinds])
    expect(Object.keys(roleWords)).to.have.members([...roleNames])
    expect(applicationStatuses).to.include.members(Object.keys(statusTone))
  })
})

describe('figures of the review sheet', () => {
  it('are yuan as the records write them, whatever their size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (fen) => {
        expect(yuan(String(fen))).to.equal(formatYuan(fen).replace('-', '−'))
      }),
    )
  })

  it('say how long in the two largest units', () => {
    const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
    expect(duration(59_999)[0]).to.equal('不足 1 分钟')
    expect(duration(9 * minute)[1]).to.equal('9 min')
    expect(duration(2 * hour + 5 * minute)[0]).to.equal('2 小时 5 分')
    expect(duration(3 * day + 23 * hour + 59 * minute)).to.deep.equal(['3 天 23 小时', '3 d 23 h'])
  })

  it('pay nothing of a held application, and never twice', () => {
    const voucher = (amountFen: string, status: string) => ({ voucherNo: 'V', lineNo: 1, amountFen, status })
    const now = (status: string, ...vouchers: ReturnType<typeof voucher>[]): bigint =>
      payableNow({ application: { status, netFen: '1000' }, explanation: { vouchers } })
    expect(['HELD', 'SUPERSEDED', 'REVERSED', 'PAID'].map((status) => now(status))).to.deep.equal([0n, 0n, 0n, 0n])
    expect(['PAYABLE', 'OWNER_APPROVED', 'APPROVED'].map((status) => now(status))).to.deep.equal([1000n, 1000n, 1000n])
    expect(now('PARTLY_PAID', voucher('400', 'PAID'), voucher('600', 'ISSUED'))).to.equal(600n)
    expect(now('PARTLY_PAID', voucher('400', 'RETURNED'), voucher('400', 'PAID'), voucher('600', 'PAID'))).to.equal(0n)
  })
})

describe('lights of the review sheet', () => {
  it('are red only for what an enforced rule stops', () => {
    for (const mode of ruleModes) {
      for (const outcome of verdictOutcomes) {
        const stops = mode === 'ENFORCE' && (outcome === 'HOLD' || outcome === 'REJECT')
        expect(lightOf({ mode, outcome, conditions: [{}] }) === 'red', `${mode} ${outcome}`).to.equal(stops)
      }
    }
  })

  it('are grey for what is off, on trial, or had nothing to say', () => {
    expect(lightOf({ mode: 'OFF', outcome: 'PASS', conditions: [] })).to.equal('off')
    expect(lightOf({ mode: 'SHADOW', outcome: 'HOLD', conditions: [{}] })).to.equal('shadow')
    expect(lightOf({ mode: 'ENFORCE', outcome: 'PASS', conditions: [] })).to.equal('none')
    expect(lightOf({ mode: 'ENFORCE', outcome: 'PASS', conditions: [{}] })).to.equal('green')
    expect(lightOf({ mode: 'ENFORCE', outcome: 'WARN', conditions: [{}] })).to.equal('amber')
  })
})
