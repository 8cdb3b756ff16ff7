import { acceptanceParties, type Settlement } from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import type { Books } from './books.js'
import { accountDigest, parties, today, type Life, type Who } from './life.js'
import { registerInvoice } from './steps.js'

/** How a life ends: what is approved beside what was paid, and how the retention is kept. */
export const endings = fc.record({
  permille: fc.constantFrom(-200, -1, 0, 1, 30, 300),
  retention: fc.constantFrom('CASH' as const, 'LETTER' as const, 'NONE' as const),
})
export type Ending = typeof endings extends fc.Arbitrary<infer E> ? E : never

const signers: readonly Who[] = ['lead', 'survey', 'design', 'chief', 'manager']
const standing = ({ totals }: Books): bigint => BigInt(totals.vouchersFen) - BigInt(totals.cancelledFen)

/**
 * Completes a life: acceptance, a settlement of what was really paid, and what may still be paid then, asked for too often.
 *
 * @returns the settlement, or `undefined` where something waits for a voucher that nobody can give
 */
export async function end(life: Life, read: () => Promise<Books>, ending: Ending): Promise<Settlement | undefined> {
  const { contractNo } = life
  const must = async (...call: Parameters<Life['send']>): Promise<object> => {
    const record = await life.send(...call)
    expect(record, call[1]).not.to.equal(undefined)
    return record as object
  }
  await must('manager', 'ReportCompletion', { contractNo, completedOn: today() })
  const acceptanceNo = life.next('Y')
  const firms = { surveyUscc: parties.survey, designUscc: parties.design, testReportsDigest: 'a'.repeat(64) }
  const opened = { contractNo, acceptanceNo, ...firms, document: life.document('ACCEPTANCE_REPORT') }
  await must('lead', 'OpenAcceptance', opened)
  for (const [at, party] of acceptanceParties.entries()) {
    await must(signers[at] as Who, 'SignAcceptance', { contractNo, acceptanceNo, party })
  }
  await must('lead', 'ConfirmAcceptance', { contractNo, acceptedOn: today() })

  const figures = figuresOf(await read(), ending)
  const named = { contractNo, settlementNo: life.next('J') }
  const { submittedFen, approvedFen, guaranteeFen } = figures
  const document = life.document('SETTLEMENT_REPORT')
  await must('manager', 'SubmitSettlement', { ...named, submittedFen, submittedOn: today(), document })
  await must('cost', 'ReviewSettlement', { ...named, approvedFen })
  if (guaranteeFen !== '0') {
    const letter = { contractNo, guaranteeNo: life.next('G'), kind: 'QUALITY', form: 'BANK_GUARANTEE' }
    const amount = { amountFen: guaranteeFen, validUntil: '2099-12-31', document: life.document('GUARANTEE_LETTER') }
    await must('manager', 'RecordGuarantee', { ...letter, ...amount })
  }
  const whole = (books: Books): boolean => standing(books) === BigInt(books.totals.cashFen)
  let books = await read()
  if (!whole(books)) {
    expect(await life.send('reviewer', 'ApproveSettlement', { ...named, ...figures })).to.equal(undefined)
    await clear(life, books)
    books = await read()
    if (!whole(books)) return undefined
  }
  // What was cleared away changes what was paid, and so what is payable.
  await must('reviewer', 'ApproveSettlement', { ...named, ...figures, ...openFigures(books, figures) })
  await must('manager', 'SignSettlement', named)
  const signed = (await must('lead', 'SignSettlement', { ...named, confirmedOn: today() })) as Settlement
  await askAgain(life, read, signed)
  return signed
}

/** Takes back what waits, and issues what was returned again. */
async function clear(life: Life, { applications, vouchers }: Books): Promise<void> {
  for (const { applicationNo, status } of applications) {
    if (!['PAYABLE', 'OWNER_APPROVED'].includes(status)) continue
    await life.send('approver', 'ReverseApplication', { applicationNo, reason: '结算前清理' })
  }
  for (const { voucherNo, status, replacedBy } of vouchers) {
    if (status === 'RETURNED' && replacedBy === undefined) await life.send('approver', 'ReissueVoucher', { voucherNo })
  }
}

function figuresOf(books: Books, { permille, retention }: Ending) {
  const paid = BigInt(books.totals.cashFen) - BigInt(books.totals.refundedFen)
  const approved = (paid * BigInt(1000 + permille)) / 1000n
  const submitted = approved + 1000n
  const kept = (approved * 3n) / 100n
  const amounts = {
    submittedFen: String(submitted),
    approvedFen: String(approved),
    reductionFen: '1000',
    reductionRateBp: Number((2n * 1000n * 10_000n + submitted) / (2n * submitted)),
    cashRetentionFen: retention === 'CASH' ? String(kept) : '0',
    guaranteeFen: retention === 'LETTER' ? String(kept) : '0',
  }
  return { ...amounts, ...openFigures(books, amounts) }
}

function openFigures({ totals }: Books, settled: { readonly approvedFen: string; readonly cashRetentionFen: string }) {
  const paid = BigInt(totals.cashFen) - BigInt(totals.refundedFen)
  const open = BigInt(settled.approvedFen) - BigInt(settled.cashRetentionFen) - paid
  return {
    paidFen: String(paid),
    payableFen: open > 0n ? String(open) : '0',
    overpaidFen: open < 0n ? String(-open) : '0',
  }
}

/** Asks for everything that could be paid now, twice, and for what could not. */
async function askAgain(life: Life, read: () => Promise<Books>, { approval }: Settlement): Promise<void> {
  const ask = async (kind: string, netFen: string): Promise<void> => {
    const { totals, quotas } = await read()
    const [quota] = [...quotas].sort((one, other) =>
      Number(BigInt(other.amountFen) - BigInt(other.usedFen) - BigInt(one.amountFen) + BigInt(one.usedFen)),
    )
    const recovery = kind === 'SETTLEMENT' ? BigInt(totals.advanceFen) - BigInt(totals.recoveredFen) : 0n
    const invoiceNo = await registerInvoice(life, 'VAT', BigInt(netFen) + 1n, 'NORMAL')
    const line = { lineNo: 1, budgetQuotaNo: quota?.budgetQuotaNo ?? 'NONE', account: 'COMPANY', invoiceNo }
    const { projectCode, contractNo } = life
    await life.send('manager', 'SubmitApplication', {
      ...{ applicationNo: life.next('A'), projectCode, contractNo, kind },
      ...{ grossFen: String(BigInt(netFen) + recovery), recoveryFen: String(recovery), netFen },
      lines: [{ ...line, accountDigest: accountDigest('COMPANY'), amountFen: netFen }],
    })
  }
  const { payableFen = '0', cashRetentionFen = '0' } = approval ?? {}
  const half = String((BigInt(cashRetentionFen) + 1n) / 2n)
  for (const time of [1, 2]) {
    await ask('SETTLEMENT', payableFen)
    await ask('RETENTION_RELEASE', half)
    await ask('PROGRESS', String(time))
  }
}

/** What holds of a settled life: what its parts make up, and that nothing is paid beyond it. */
export function expectSettled({ totals, applications }: Books, before: Books, { approval }: Settlement): void {
  if (approval === undefined) throw new Error('A settlement that is signed is approved')
  const fen = (name: 'approvedFen' | 'paidFen' | 'payableFen' | 'cashRetentionFen' | 'overpaidFen'): bigint =>
    BigInt(approval[name])
  expect(fen('paidFen') + fen('payableFen') + fen('cashRetentionFen') - fen('overpaidFen')).to.equal(fen('approvedFen'))
  const { vouchersFen, cancelledFen, refundedFen } = approval.chain
  expect(BigInt(vouchersFen) - BigInt(cancelledFen) - BigInt(refundedFen), 'its vouchers').to.equal(fen('paidFen'))
  const cash = BigInt(totals.cashFen) - BigInt(totals.refundedFen)
  if (cash > fen('paidFen')) expect(cash <= fen('approvedFen'), 'no more than approved').to.equal(true)
  expect(totals.settlementFen).to.be.oneOf(['0', approval.payableFen])
  expect(BigInt(totals.retentionFen) <= fen('cashRetentionFen'), 'no more than was kept').to.equal(true)
  const known = new Set(before.applications.map(({ applicationNo }) => applicationNo))
  for (const { applicationNo, applicationKind, status } of applications) {
    if (known.has(applicationNo) || !['ADVANCE', 'PROGRESS'].includes(applicationKind)) continue
    expect(status, `${applicationKind} after the settlement`).to.equal('HELD')
  }
}
