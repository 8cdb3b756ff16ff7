import { createHash } from 'node:crypto'
import { voucherChainStart, voucherPreimage, type Application } from '@caizheng/records'
import { expect } from 'chai'
import type { Books } from './books.js'
import { terms } from './life.js'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const sum = (amounts: readonly (string | bigint)[]): bigint =>
  amounts.reduce<bigint>((all, one) => all + BigInt(one), 0n)

/** Statuses in which an application counts. */
const counting: readonly string[] = ['PAYABLE', 'OWNER_APPROVED', 'APPROVED', 'PARTLY_PAID', 'PAID']
const approved: readonly string[] = ['APPROVED', 'PARTLY_PAID', 'PAID']
const live: readonly string[] = ['ISSUED', 'PAID']
/** R46: what no special approval may let pass. */
const never: readonly string[] = ['R01', 'R02', 'R07', 'R09', 'R45']

/**
 * What holds of a life whatever happened in it.
 *
 * @param before the books before the last step: ceilings that a later cut may undercut bind whatever grows
 */
export function expectInvariants(books: Books, before: Books, network: string, contractNo: string): void {
  expectTotals(books)
  expectCeilings(books, before)
  expectHeldUnpaid(books)
  expectQuotas(books, before)
  expectVouchers(books, network, contractNo)
}

/** Rules that somebody let pass in this life, by name: what they ask for need not hold any more. */
const letPass = ({ applications, approvals }: Books): Set<string> =>
  new Set(
    applications
      .flatMap(({ specialApproval }) => approvals.find(({ approvalNo }) => approvalNo === specialApproval) ?? [])
      .flatMap(({ overriddenRules }) => overriddenRules),
  )

const counted = ({ applications }: Books): readonly Application[] =>
  applications.filter(({ status }) => counting.includes(status))

/** The running totals are the sums that they stand for, and cash is gross and advance less recovered. */
function expectTotals(books: Books): void {
  const all = counted(books)
  const of = (kind: string): readonly Application[] => all.filter(({ applicationKind }) => applicationKind === kind)
  const { grossFen, advanceFen, recoveredFen, cashFen, certifiedFen, lastPeriod } = books.totals
  expect(BigInt(grossFen), 'gross').to.equal(sum(of('PROGRESS').map((one) => one.grossFen)))
  expect(BigInt(advanceFen), 'advance').to.equal(sum(of('ADVANCE').map((one) => one.grossFen)))
  expect(BigInt(recoveredFen), 'recovered').to.equal(sum(all.map((one) => one.recoveryFen)))
  expect(BigInt(cashFen), 'cash').to.equal(sum(all.map((one) => one.netFen)))
  const after = sum([...of('SETTLEMENT'), ...of('RETENTION_RELEASE')].map((one) => one.grossFen))
  expect(BigInt(cashFen), 'the cash identity').to.equal(
    BigInt(grossFen) + BigInt(advanceFen) + after - BigInt(recoveredFen),
  )
  const free = letPass(books)
  if (!free.has('R05')) {
    expect(BigInt(recoveredFen) <= BigInt(advanceFen), 'recovered no more than advanced').to.equal(true)
  }
  expect(BigInt(certifiedFen), 'certified').to.equal(sum(books.measures.map((one) => one.certifiedFen)))
  expect(lastPeriod).to.equal(books.measures.length)
  const periods = of('PROGRESS').map(({ periodNo }) => periodNo)
  expect(new Set(periods).size, 'each period paid once').to.equal(periods.length)
  for (const invoice of books.invoices) {
    const lines = all.flatMap((one) => one.lines).filter(({ invoiceNo }) => invoiceNo === invoice.invoiceNo)
    const used = sum(lines.map(({ amountFen }) => amountFen))
    expect(BigInt(invoice.usedFen), 'used of an invoice').to.equal(used)
    if (!free.has('R08')) expect(used <= BigInt(invoice.grossFen), 'no more than the invoice').to.equal(true)
  }
}

function expectCeilings({ totals, budget, items }: Books, before: Books): void {
  const [gross, was] = [BigInt(totals.grossFen), BigInt(before.totals.grossFen)]
  expect(gross * 10_000n <= BigInt(totals.certifiedFen) * terms.progressRateBp, 'the progress rate').to.equal(true)
  if (gross > was) expect(gross <= terms.priceFen + BigInt(totals.changesBudgetFen), 'the price').to.equal(true)
  const committed = [budget.contractsFen, budget.changesFen, budget.otherCostsFen]
  expect(sum(committed) <= terms.estimateFen, 'the approved estimate').to.equal(true)
  expect(BigInt(budget.quotasFen) <= terms.estimateFen, 'the quotas together').to.equal(true)
  for (const item of budget.items) {
    expect(BigInt(item.committedFen) <= BigInt(item.amountFen), item.subItem).to.equal(true)
  }
  expect(BigInt(totals.changesProvisionalFen) <= terms.provisionalFen, 'the provisional sum').to.equal(true)
  for (const item of items) {
    const measured = BigInt(item.measuredMilli)
    const then = before.items.find(({ itemCode }) => itemCode === item.itemCode)?.measuredMilli ?? '0'
    if (measured > BigInt(then)) {
      expect(measured <= BigInt(item.qtyMilli) + BigInt(item.changedMilli), 'the bill').to.equal(true)
    }
  }
}

/** What a rule held counts only after two persons let it pass, by name, and never what may not be let pass. */
function expectHeldUnpaid(books: Books): void {
  for (const { applicationNo, status, verdicts, shadow, specialApproval } of books.applications) {
    const holding = verdicts.filter(({ outcome, rule }) => outcome === 'HOLD' && !shadow.includes(rule))
    if (holding.length === 0 || status === 'HELD' || status === 'SUPERSEDED') continue
    const approval = books.approvals.find(({ approvalNo }) => approvalNo === specialApproval)
    expect(approval, `${applicationNo} was held by ${holding.map(({ rule }) => rule).join()}`).to.include({
      status: 'CONFIRMED',
      applicationNo,
    })
    for (const { rule } of holding) {
      expect(approval?.overriddenRules).to.include(rule)
      expect(never).not.to.include(rule)
    }
  }
  for (const { applicationNo } of books.vouchers) {
    const { status } = books.applications.find((one) => one.applicationNo === applicationNo) ?? {}
    expect(status).to.be.oneOf([...approved, 'REVERSED'])
  }
}

function expectQuotas(books: Books, before: Books): void {
  expect(BigInt(books.budget.quotasFen)).to.equal(sum(books.quotas.map(({ amountFen }) => amountFen)))
  const fundings = [
    ...counted(books).flatMap(({ lines }) => lines),
    ...books.costs.filter(({ status }) => status === 'APPROVED').flatMap(({ funding }) => funding),
  ]
  const statusBefore = new Map(before.applications.map(({ applicationNo, status }) => [applicationNo, status]))
  const now = books.applications.filter(
    ({ applicationNo, status }) => status === 'APPROVED' && statusBefore.get(applicationNo) === 'OWNER_APPROVED',
  )
  const atApproval = new Set(now.flatMap(({ lines }) => lines.map(({ budgetQuotaNo }) => budgetQuotaNo)))
  for (const { budgetQuotaNo, amountFen, usedFen } of books.quotas) {
    const refunds = books.vouchers
      .filter((voucher) => voucher.budgetQuotaNo === budgetQuotaNo)
      .map(({ refundedFen }) => refundedFen ?? '0')
    const taken = fundings.filter((one) => one.budgetQuotaNo === budgetQuotaNo).map((one) => one.amountFen)
    expect(BigInt(usedFen), `used of ${budgetQuotaNo}`).to.equal(sum(taken) - sum(refunds))
    const then = before.quotas.find((one) => one.budgetQuotaNo === budgetQuotaNo)
    if (atApproval.has(budgetQuotaNo) || BigInt(usedFen) > BigInt(then?.usedFen ?? '0')) {
      expect(BigInt(usedFen) <= BigInt(amountFen), `${budgetQuotaNo} overdrawn`).to.equal(true)
    }
  }
}

/** Numbered without a gap, chained from H0 to the head, and each line of an approved application paid by one voucher. */
function expectVouchers({ vouchers, totals, applications }: Books, network: string, contractNo: string): void {
  const chain = [...vouchers].sort((one, other) => one.number - other.number)
  expect(chain.map(({ number }) => number)).to.deep.equal(chain.map((_, index) => index + 1))
  expect(totals.vouchers).to.equal(chain.length)
  let head = sha256(voucherChainStart(network, contractNo))
  for (const voucher of chain) {
    expect(voucher.previous, voucher.voucherNo).to.equal(head)
    head = sha256(voucherPreimage(voucher))
  }
  expect(totals.head).to.equal(head)
  expect(BigInt(totals.vouchersFen), 'the sum of the vouchers').to.equal(sum(chain.map(({ amountFen }) => amountFen)))
  const cancelled = chain.filter(({ status }) => !live.includes(status))
  expect(BigInt(totals.cancelledFen), 'of these cancelled').to.equal(sum(cancelled.map(({ amountFen }) => amountFen)))
  for (const { applicationNo, status, lines, paidVouchers } of applications) {
    const own = chain.filter((voucher) => voucher.applicationNo === applicationNo)
    for (const line of lines) {
      const paying = own.filter((voucher) => voucher.lineNo === line.lineNo && live.includes(voucher.status))
      expect(paying.length, `${applicationNo}, line ${line.lineNo}`).to.be.at.most(1)
      for (const { amountFen } of paying) expect(amountFen).to.equal(line.amountFen)
    }
    if (!approved.includes(status)) expect(own.filter((one) => live.includes(one.status)).length, status).to.equal(0)
    else expect(new Set(own.map(({ lineNo }) => lineNo)).size).to.equal(lines.length)
    if (status === 'PAID') expect(paidVouchers).to.equal(lines.length)
  }
}
