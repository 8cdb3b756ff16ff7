import { h } from '../dom.js'
import { yuan } from '../format.js'
import { amount, both, section, table } from './parts.js'
import type { Application, Review } from './review.js'
import { accountWords, voucherWords, wordsOf } from './words.js'

/** What the contract has, what was measured and paid, and what this application asks for. */
export function money(review: Review): HTMLElement {
  const { application, contract, totals, paidFen } = review
  const { grossFen, recoveryFen, netFen, certifiedFen } = application
  const cash = BigInt(totals?.cashFen ?? '0')
  const changes = BigInt(totals?.changesProvisionalFen ?? '0') + BigInt(totals?.changesBudgetFen ?? '0')
  const figure = (zh: string, en: string, fen: string | undefined, name = ''): HTMLElement =>
    h(
      'div',
      { class: `figure ${name}`.trim() },
      both(zh, en),
      h('strong', { class: 'amount' }, fen === undefined ? '—' : yuan(fen)),
    )
  return section(
    'money',
    '金额（元）',
    'Amounts in yuan',
    h(
      'div',
      { class: 'figures' },
      figure('合同价', 'Contract price', contract?.priceFen),
      figure('已批准变更', 'Approved changes', String(changes)),
      figure('累计已计量', 'Certified so far', totals?.certifiedFen),
      figure('累计已支付', 'Paid so far', paidFen),
      figure('可支付未支付', 'Payable, not yet paid', String(cash - BigInt(paidFen))),
      figure('本期计量', 'Certified this period', certifiedFen),
    ),
    h(
      'div',
      { class: 'figures this' },
      figure('本次申请', 'Applied for', grossFen),
      figure('扣回预付款', 'Advance recovered', recoveryFen),
      figure('本次净额', 'Net', netFen),
      figure('本次可支付', 'Payable now', String(payableNow(review)), 'main'),
    ),
  )
}

const waiting = ['PAYABLE', 'OWNER_APPROVED', 'APPROVED', 'PARTLY_PAID']

/** What of an application is to be paid: nothing of a held one, nor of what is paid already. */
export function payableNow({
  application,
  explanation,
}: {
  readonly application: Pick<Application, 'status' | 'netFen'>
  readonly explanation: Pick<Review['explanation'], 'vouchers'>
}): bigint {
  if (!waiting.includes(application.status)) return 0n
  const paid = explanation.vouchers.filter(({ status }) => status === 'PAID')
  return paid.reduce((left, { amountFen }) => left - BigInt(amountFen), BigInt(application.netFen))
}

/** The quotas that its lines name, with what is left of each. */
export function quotaTable({ quotas, application }: Review): HTMLElement {
  const asked = (no: string): bigint =>
    application.lines
      .filter(({ budgetQuotaNo }) => budgetQuotaNo === no)
      .reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)
  return section(
    'quotas',
    '预算指标（元）',
    'Quotas in yuan, as they stand now',
    table(
      'quotas',
      [
        ['指标号', 'Quota'],
        ['资金来源', 'Source'],
        ['年度', 'Year'],
        ['指标金额', 'Amount'],
        ['已用', 'Used'],
        ['余额', 'Balance'],
        ['本次', 'This one'],
      ],
      quotas.map(({ budgetQuotaNo, fundSource, year, amountFen, usedFen }) => [
        ...[budgetQuotaNo, fundSource, String(year), amount(yuan(amountFen)), amount(yuan(usedFen))],
        ...[amount(yuan(String(BigInt(amountFen) - BigInt(usedFen)))), amount(yuan(String(asked(budgetQuotaNo))))],
      ]),
    ),
  )
}

/** Each line of the application and the voucher that pays it. */
export function lineTable({ application, explanation }: Review): HTMLElement {
  return section(
    'lines',
    '付款明细（元）',
    'Lines and vouchers, in yuan',
    table(
      'lines',
      [
        ['行', 'Line'],
        ['收款账户', 'Account'],
        ['指标号', 'Quota'],
        ['发票号码', 'Invoice'],
        ['金额', 'Amount'],
        ['支付凭证', 'Voucher'],
      ],
      application.lines.map(({ lineNo, account, budgetQuotaNo, invoiceNo, amountFen }) => [
        ...[String(lineNo), both(...wordsOf(accountWords, account)), budgetQuotaNo, invoiceNo, amount(yuan(amountFen))],
        vouchersOf(explanation, lineNo),
      ]),
    ),
  )
}

function vouchersOf({ vouchers }: Review['explanation'], line: number): HTMLElement {
  const own = vouchers.filter(({ lineNo }) => lineNo === line)
  if (own.length === 0) return h('span', { class: 'quiet' }, '尚未签发')
  const texts = own.map(({ voucherNo, status, paidOn }) => {
    const [zh] = wordsOf(voucherWords, status)
    return h(
      'span',
      { class: 'block' },
      voucherNo,
      h('span', { class: 'quiet' }, ` ${zh}${paidOn ? ` ${paidOn}` : ''}`),
    )
  })
  return h('span', {}, ...texts)
}
