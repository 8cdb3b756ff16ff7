import { lineAmount, MAX_FEN, ruleInfo, settingOf, initialSettings } from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, addMonths, daysBetween } from '../../src/rules/days.js'
import { R02, type PaymentFacts } from '../../src/rules/r02-payment-ceiling.js'
import { R10 } from '../../src/rules/r10-invoice-arithmetic.js'
import { R17, moved } from '../../src/rules/r17-reallocation.js'
import { R20 } from '../../src/rules/r20-wages.js'
import { daysToPay, R21 } from '../../src/rules/r21-deadline.js'
import { R29Review } from '../../src/rules/r29-review.js'
import type { Rule } from '../../src/rules/rule.js'

const fen = fc.bigInt({ min: 0n, max: MAX_FEN })
/** Before any settlement. */
const unsettled = { refundedFen: 0n, settlementBeforeFen: 0n, retentionBeforeFen: 0n }
const rate = fc.integer({ min: 0, max: 10_000 })

function broken<Facts>(rule: Rule<Facts>, facts: Facts): (string | undefined)[] {
  return rule
    .judge(facts, (name) => settingOf(initialSettings, rule.id, name))
    .filter(({ outcome }) => outcome !== 'PASS')
    .map((finding) => finding.case)
}

describe('R02, over any life of payments', () => {
  const payment = fc.record({
    kind: fc.constantFrom('ADVANCE' as const, 'PROGRESS' as const),
    grossFen: fc.bigInt({ min: 0n, max: 5000n }),
    recoveryFen: fc.bigInt({ min: 0n, max: 2000n }),
    offFen: fc.constantFrom(0n, 0n, 0n, 1n, -1n),
    certifiedFen: fc.bigInt({ min: 0n, max: 5000n }),
  })

  it('keeps cash = gross + advance − recovered, and gross under every ceiling, if only passing ones count', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 30 }), rate, fen, (payments, progressRateBp, priceFen) => {
        const totals = { gross: 0n, cash: 0n, advance: 0n, recovered: 0n, certified: 0n }
        for (const { kind, grossFen, recoveryFen, offFen, certifiedFen } of payments) {
          totals.certified += certifiedFen
          const netFen = grossFen - recoveryFen + offFen
          const facts: PaymentFacts = {
            ...{
              kind,
              grossFen,
              recoveryFen,
              netFen,
              linesFen: netFen,
              priceFen,
              changesBudgetFen: 0n,
              progressRateBp,
            },
            ...{ certifiedFen: totals.certified, grossBeforeFen: totals.gross, cashBeforeFen: totals.cash },
            ...{ advanceBeforeFen: totals.advance, recoveredBeforeFen: totals.recovered },
            ...{ periodTaken: false, settlement: undefined, ...unsettled },
          }
          if (broken(R02, facts).length > 0) continue
          totals.cash += netFen
          totals.recovered += recoveryFen
          totals[kind === 'PROGRESS' ? 'gross' : 'advance'] += grossFen
          expect(totals.cash).to.equal(totals.gross + totals.advance - totals.recovered)
          expect(totals.gross * 10_000n <= totals.certified * BigInt(progressRateBp)).to.equal(true)
          expect(totals.gross <= priceFen).to.equal(true)
        }
      }),
    )
  })

  it('holds whatever is a fen off its own sum', () => {
    fc.assert(
      fc.property(payment, ({ kind, grossFen, recoveryFen, offFen }) => {
        const netFen = grossFen - recoveryFen + offFen
        const facts: PaymentFacts = {
          ...{ kind, grossFen, recoveryFen, netFen, linesFen: netFen, priceFen: MAX_FEN, changesBudgetFen: 0n },
          ...{ progressRateBp: 10_000, certifiedFen: MAX_FEN, grossBeforeFen: 0n, cashBeforeFen: 0n },
          ...{ advanceBeforeFen: 0n, recoveredBeforeFen: 0n, periodTaken: false, settlement: undefined, ...unsettled },
        }
        expect(broken(R02, facts)).to.deep.equal(offFen === 0n ? [] : ['NET', 'CASH'])
      }),
    )
  })
})

describe('R17', () => {
  const names = ['greening', 'security', 'pavement', 'lighting']
  const items = fc.tuple(...names.map(() => fc.tuple(fen, rate))).map((amounts) =>
    amounts.map(([amountFen, share], index) => ({
      ...{ subItem: names[index] as string, parent: 'works', amountFen },
      committedFen: (amountFen * BigInt(share)) / 10_000n,
    })),
  )
  const moves = fc.array(
    fc.record({ fromSubItem: fc.constantFrom(...names), toSubItem: fc.constantFrom(...names), amountFen: fen }),
    { minLength: 1, maxLength: 10 },
  )

  it('leaves the total as it was, and nothing under what is committed where it passes', () => {
    fc.assert(
      fc.property(items, moves, (before, asked) => {
        const after = moved(before, asked)
        const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((total, one) => total + one, 0n)
        expect(sum(after.values())).to.equal(sum(before.map(({ amountFen }) => amountFen)))
        const short = before.some(({ subItem, committedFen }) => (after.get(subItem) ?? 0n) < committedFen)
        expect(broken(R17, { items: before, moves: asked }).length > 0).to.equal(short)
      }),
    )
  })
})

describe('rounding', () => {
  it('of a line is half up, to the fen (R26)', () => {
    fc.assert(
      fc.property(fen, fen, (qtyMilli, unitPriceFen) => {
        const [amount, exact] = [lineAmount(qtyMilli, unitPriceFen), qtyMilli * unitPriceFen]
        expect(amount * 1000n - exact <= 500n && exact - amount * 1000n < 500n).to.equal(true)
      }),
    )
  })

  it('of an invoice lets tax be off by a fen for each line, and no more (R10)', () => {
    const lines = fc.integer({ min: 1, max: 50 })
    const off = fc.bigInt({ min: -60n, max: 60n })
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10_000_000n, max: MAX_FEN }),
        rate,
        lines,
        off,
        (netFen, taxRateBp, lineCount, by) => {
          const exact = (2n * netFen * BigInt(taxRateBp) + 10_000n) / 20_000n
          const taxFen = exact + by
          const dates = { invoiceNo: '24', issueDate: '2024-01-01', today: '2024-01-01' }
          const facts = { ...dates, netFen, taxFen, grossFen: netFen + taxFen, taxRateBp, lineCount }
          expect(broken(R10, facts)).to.deep.equal(by > BigInt(lineCount) || -by > BigInt(lineCount) ? ['TAX'] : [])
        },
      ),
    )
  })

  it('of wages is down: never a fen more than the agreed part (R20)', () => {
    fc.assert(
      fc.property(fen, rate, fen, (grossFen, wageRateBp, wageFen) => {
        const passes = broken(R20, { kind: 'PROGRESS', grossFen, wageRateBp, wageFen, periodDays: 31 }).length === 0
        const exact = grossFen * BigInt(wageRateBp)
        expect(passes).to.equal(wageFen * 10_000n <= exact && exact < (wageFen + 1n) * 10_000n)
        const part = exact / 10_000n
        expect(broken(R20, { kind: 'PROGRESS', grossFen, wageRateBp, wageFen: part, periodDays: 31 })).to.deep.equal([])
      }),
    )
  })

  it("of a review's rate is half up (R29)", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MAX_FEN }), rate, (submittedFen, share) => {
        const reductionFen = (submittedFen * BigInt(share)) / 10_000n
        const passing = Array.from({ length: 10_001 }, (_, one) => one).filter((reductionRateBp) => {
          // Within half a basis point of the exact rate: no need to ask the rule for the others.
          const distance = 2n * (BigInt(reductionRateBp) * submittedFen - reductionFen * 10_000n)
          return distance <= submittedFen && -distance < submittedFen
        })
        const facts = { submittedFen, approvedFen: submittedFen - reductionFen, reductionFen }
        expect(passing).to.have.length(1)
        const [reductionRateBp = -1] = passing
        expect(broken(R29Review, { ...facts, reductionRateBp })).to.deep.equal([])
        expect(broken(R29Review, { ...facts, reductionRateBp: reductionRateBp + 1 })).to.deep.equal(['RATE'])
      }),
      { numRuns: 30 },
    )
  })
})

describe('days', () => {
  const day = fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => new Date(Date.UTC(2000, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

  it('added are days between, months later is a day that there is', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 4000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).to.equal(days)
      }),
    )
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 120 }), (from, months) => {
        const later = addMonths(from, months)
        const monthOf = (one: string): number => Number(one.slice(0, 4)) * 12 + Number(one.slice(5, 7))
        expect(monthOf(later) - monthOf(from)).to.equal(months)
        expect(later.slice(8) <= from.slice(8)).to.equal(true)
      }),
    )
  })

  it('to pay a small or private firm are as agreed, 60 at most, and 30 where nothing is agreed (R21)', () => {
    const days = [0, 1, 45, 60, 61, 3650].map((agreed) =>
      daysToPay(agreed, (name) => settingOf(initialSettings, 'R21', name)),
    )
    expect(days).to.deep.equal([30, 1, 45, 60, 60, 60])
  })

  it('late cost half a thousandth each, rounded half up to the fen (R21)', () => {
    const [finding] = R21.judge({ dueOn: '2025-06-30', today: '2025-07-10', unpaidFen: 100_100n }, (name) =>
      settingOf(initialSettings, 'R21', name),
    )
    // 1,001.00 yuan, ten days, 0.05 % a day: 5.005 yuan.
    expect(finding?.actual).to.equal('100100 unpaid for 10 days, late interest 501')
    expect(ruleInfo('R21').parameters.find(({ name }) => name === 'dailyInterestBpX100')?.initial).to.equal(500)
  })
})
