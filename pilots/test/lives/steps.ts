import { expect } from 'chai'
import fc from 'fast-check'
import type { Application } from '@caizheng/records'
import type { Books } from './books.js'
import { accountDigest, parties, terms, today, type Life } from './life.js'

/** One thing that happens in a life; what it is about is picked from the books by number. */
export type Step = (life: Life, books: Books) => Promise<unknown>

const pick = <T>(from: readonly T[], index: number): T | undefined => from[index % Math.max(from.length, 1)]
const index = fc.nat({ max: 999 })
const times = (fen: bigint, permille: number): bigint => (fen * BigInt(permille)) / 1000n
const addDays = (from: string, days: number): string =>
  new Date(Date.parse(`${from}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** A measure of the next period, signed or not; a part of the bill, now and then too much of it. */
const measure = fc
  .record({
    permille: fc.integer({ min: 0, max: 450 }),
    signed: fc.integer({ max: 9, min: 0 }),
    off: fc.constantFrom(0n, 0n, 0n, 0n, 1n),
  })
  .map(({ permille, signed, off }): Step => async (life, { totals }) => {
    const periodNo = totals.lastPeriod + 1
    const qtyMilli = times(terms.qtyMilli, permille)
    const certifiedFen = String((qtyMilli * terms.unitPriceFen + 500n) / 1000n + off)
    const lines = [{ itemCode: terms.itemCode, qtyMilli: String(qtyMilli), amountFen: certifiedFen }]
    const { contractNo } = life
    const periodStart = addDays('2024-01-01', 10 * periodNo)
    const period = { contractNo, periodNo, periodStart, periodEnd: addDays(periodStart, 9) }
    await life.send('manager', 'SubmitMeasure', { ...period, lines, certifiedFen, evidenceNos: [] })
    if (signed > 0) await life.send('chief', 'SignMeasure', { contractNo, periodNo })
    await life.send('lead', 'ConfirmMeasure', { contractNo, periodNo, confirmedOn: '2024-06-01' })
  })

/** Registers an invoice and has it attested. */
export async function registerInvoice(life: Life, kind: string, netFen: bigint, status: string): Promise<string> {
  const { projectCode, contractNo } = life
  const taxFen = (netFen * 900n + 5000n) / 10_000n
  const grossFen = String(netFen + taxFen)
  const invoiceNo = life.nextInvoice()
  await life.send('clerk', 'RegisterInvoice', {
    ...{ invoiceNo, projectCode, contractNo, kind, issueDate: today(), sellerUscc: parties.contractor },
    ...{ buyerUscc: parties.owner, taxRateBp: 900, lineCount: 1, netFen: String(netFen), taxFen: String(taxFen) },
    ...{ grossFen, document: life.document('INVOICE') },
  })
  const attestation = { projectCode, invoiceNo, status, checkedGrossFen: grossFen, redLetterFen: '0' }
  await life.send('tax', 'AttestInvoice', attestation)
  return invoiceNo
}

/** An invoice, attested as it is drawn. */
const invoice = fc
  .record({
    kind: fc.constantFrom('VAT', 'VAT', 'PREPAYMENT'),
    netFen: fc.bigInt({ min: 1n, max: 500_000n }),
    status: fc.constantFrom('NORMAL', 'NORMAL', 'NORMAL', 'VOIDED'),
  })
  .map(
    ({ kind, netFen, status }): Step =>
      (life) =>
        registerInvoice(life, kind, netFen, status),
  )

const left = ({ amountFen, usedFen }: { amountFen: string; usedFen: string }): bigint =>
  BigInt(amountFen) - BigInt(usedFen)

/** Submits an application of these amounts. */
async function apply(
  life: Life,
  what: {
    readonly measured: Books['measures'][number] | undefined
    readonly grossFen: bigint
    readonly recoveryFen: bigint
    readonly off: bigint
    readonly invoiceNo: string | undefined
    readonly quotas: readonly (Books['quotas'][number] | undefined)[]
    readonly supersedes?: string | undefined
  },
): Promise<void> {
  const { measured, grossFen, recoveryFen, off, invoiceNo, quotas, supersedes } = what
  const { projectCode, contractNo } = life
  const netFen = grossFen - recoveryFen
  const wage = measured === undefined ? 0n : (grossFen * terms.wageRateBp) / 10_000n
  if (netFen - wage + off < 0n) return
  const lines = [
    { account: 'COMPANY' as const, amountFen: netFen - wage + off, quota: quotas[0] },
    ...(wage > 0n ? [{ account: 'WAGE' as const, amountFen: wage, quota: quotas[1] ?? quotas[0] }] : []),
  ].map(({ account, amountFen, quota }, at) => ({
    ...{ lineNo: at + 1, budgetQuotaNo: quota?.budgetQuotaNo ?? 'NONE', account },
    ...{ accountDigest: accountDigest(account), amountFen: String(amountFen) },
    invoiceNo: invoiceNo ?? '26000000000000000000',
  }))
  await life.send('manager', 'SubmitApplication', {
    ...{
      applicationNo: life.next('A'),
      projectCode,
      contractNo,
      kind: measured === undefined ? 'ADVANCE' : 'PROGRESS',
    },
    ...{ grossFen: String(grossFen), recoveryFen: String(recoveryFen), netFen: String(netFen), lines },
    ...(measured === undefined ? {} : { periodNo: measured.periodNo, certifiedFen: measured.certifiedFen }),
    ...(supersedes === undefined ? {} : { supersedes }),
  })
}

/** A careful contractor: the first period that is signed and not paid, its own invoice, the fullest quota. */
const carefulApplication = fc
  .constantFrom(0, 250, 1000)
  .map((recovery): Step => async (life, { measures, applications, quotas, totals }) => {
    const [quota] = [...quotas].sort((one, other) => Number(left(other) - left(one)))
    const taken = applications.filter(({ status }) => !['HELD', 'SUPERSEDED', 'REVERSED'].includes(status))
    if (totals.lastPeriod === 0 && BigInt(totals.advanceFen) === 0n) {
      const invoiceNo = await registerInvoice(life, 'PREPAYMENT', terms.advanceFen, 'NORMAL')
      const amounts = { grossFen: terms.advanceFen, recoveryFen: 0n, off: 0n }
      await apply(life, { measured: undefined, ...amounts, invoiceNo, quotas: [quota] })
      return
    }
    const open = ({ periodNo, signature }: Books['measures'][number]): boolean =>
      signature !== undefined && !taken.some((one) => one.periodNo === periodNo)
    const measured = measures.find(open)
    if (measured === undefined) return
    const grossFen = (BigInt(measured.certifiedFen) * terms.progressRateBp) / 10_000n
    const outstanding = BigInt(totals.advanceFen) - BigInt(totals.recoveredFen)
    const most = grossFen / 2n < outstanding ? grossFen / 2n : outstanding
    const invoiceNo = await registerInvoice(life, 'VAT', grossFen + 1n, 'NORMAL')
    await apply(life, { measured, grossFen, recoveryFen: times(most, recovery), off: 0n, invoiceNo, quotas: [quota] })
  })

/** Any application: often greedy, sometimes a fen off, with whatever invoice and quota there is. */
const application = fc
  .record({
    advance: fc.integer({ min: 0, max: 4 }),
    permille: fc.constantFrom(1000, 1000, 900, 500, 1001, 1500),
    recovery: fc.constantFrom(0, 0, 100, 300),
    off: fc.constantFrom(0n, 0n, 0n, 0n, 0n, 1n, -1n),
    ...{ period: index, quota: index, other: index, invoice: index, supersede: index },
  })
  .map((drawn): Step => async (life, books) => {
    const advance = drawn.advance === 0
    const measured = advance ? undefined : pick(books.measures, drawn.period)
    if (!advance && measured === undefined) return
    const certified = BigInt(measured?.certifiedFen ?? 0)
    const base = advance ? terms.advanceFen : (certified * terms.progressRateBp) / 10_000n
    const grossFen = times(base, drawn.permille)
    const kind = advance ? 'PREPAYMENT' : 'VAT'
    const fitting = books.invoices.filter(({ invoiceKind }) => invoiceKind === kind)
    const held = books.applications.filter(({ status }) => status === 'HELD')
    await apply(life, {
      ...{ measured, grossFen, recoveryFen: advance ? 0n : times(grossFen, drawn.recovery), off: drawn.off },
      invoiceNo: pick(fitting, drawn.invoice)?.invoiceNo,
      quotas: [pick(books.quotas, drawn.quota), pick(books.quotas, drawn.other)],
      supersedes: drawn.supersede % 5 === 0 ? pick(held, drawn.supersede)?.applicationNo : undefined,
    })
  })

/** An approval of any application at any stage: mostly the stage that it waits for. */
const approval = fc
  .record({ which: index, other: fc.integer({ min: 0, max: 9 }) })
  .map(({ which, other }): Step => async (life, { applications }) => {
    const waiting = applications.filter(({ status }) => ['PAYABLE', 'OWNER_APPROVED'].includes(status))
    const one = pick(other === 0 ? applications : waiting, which)
    if (one === undefined) return
    const owner = (one.status === 'PAYABLE') !== (other === 1)
    const request = { applicationNo: one.applicationNo, stage: owner ? 'OWNER' : 'FINANCE' }
    await life.send(owner ? 'payer' : 'approver', 'ApproveApplication', request)
  })

/** A bank's receipt, mostly for a voucher that waits for it, sometimes a fen off. */
const receipt = fc
  .record({ which: index, any: fc.integer({ min: 0, max: 5 }), off: fc.constantFrom(0n, 0n, 0n, 0n, 1n) })
  .map(({ which, any, off }): Step => async (life, { vouchers }) => {
    const waiting = vouchers.filter(({ status }) => status === 'ISSUED')
    const voucher = pick(any === 0 ? vouchers : waiting, which)
    if (voucher === undefined) return
    await life.send('bank', 'RecordBankReceipt', {
      ...{ receiptNo: life.next('R'), voucherNo: voucher.voucherNo, paidOn: today() },
      ...{ amountFen: String(BigInt(voucher.amountFen) + off), document: life.document('BANK_RECEIPT') },
    })
  })

/** A proposal to let pass what is held, whatever holds it. */
const proposal = index.map((which): Step => async (life, { applications }) => {
  const held = pick(
    applications.filter(({ status }) => status === 'HELD'),
    which,
  )
  if (held === undefined) return
  const overriddenRules = holding(held)
  await life.send('approver', 'ProposeSpecialApproval', {
    ...{ approvalNo: life.next('T'), applicationNo: held.applicationNo, overriddenRules, reason: '会议决定' },
    document: life.document('SPECIAL_APPROVAL'),
  })
})

const holding = ({ verdicts, shadow }: Application): string[] => [
  ...new Set(
    verdicts.filter(({ outcome, rule }) => outcome === 'HOLD' && !shadow.includes(rule)).map(({ rule }) => rule),
  ),
]

/** A second person's word on a proposal, however old it is. */
const confirmation = index.map((which): Step => async (life, { approvals }) => {
  const proposed = pick(
    approvals.filter(({ status }) => status === 'PROPOSED'),
    which,
  )
  if (proposed === undefined) return
  await life.send('lead', 'ConfirmSpecialApproval', { approvalNo: proposed.approvalNo })
})

const newQuota = fc.bigInt({ min: 0n, max: 700_000n }).map(
  (amountFen): Step =>
    async (life) =>
      life.send('budget', 'AllocateQuota', {
        ...{ projectCode: life.projectCode, budgetQuotaNo: life.next('Q'), fundSource: '县级财政' },
        ...{ year: Number(today().slice(0, 4)), amountFen: String(amountFen) },
        ...{ functionClass: '2120303', economyClass: '50302' },
      }),
)

const adjustedQuota = fc
  .record({ which: index, amountFen: fc.bigInt({ min: 0n, max: 700_000n }) })
  .map(({ which, amountFen }): Step => async (life, { quotas }) => {
    const quota = pick(quotas, which)
    if (quota === undefined) return
    const { budgetQuotaNo } = quota
    const request = { projectCode: life.projectCode, budgetQuotaNo, newAmountFen: String(amountFen), reason: '调整' }
    await life.send('budget', 'AdjustQuota', request)
  })

/** A change of the bill, more or less of it, with every signature that it can need. */
const change = fc
  .record({ qtyMilli: fc.bigInt({ min: -200_000n, max: 200_000n }), provisional: fc.boolean() })
  .map(({ qtyMilli, provisional }): Step => async (life) => {
    const { contractNo } = life
    const changeNo = life.next('CO')
    const product = qtyMilli * terms.unitPriceFen
    const amountFen = String(product < 0n ? -((-product + 500n) / 1000n) : (product + 500n) / 1000n)
    const item = { itemCode: terms.itemCode, name: '路面', unit: 'm2', qtyMilli: String(qtyMilli), amountFen }
    await life.send('manager', 'ProposeChangeOrder', {
      ...{ contractNo, changeNo, reason: '现场情况', siteOrScopeChange: false, amountFen },
      ...{ fundedBy: provisional ? 'PROVISIONAL' : 'NEW_BUDGET', document: life.document('CHANGE_ORDER') },
      items: [{ ...item, unitPriceFen: String(terms.unitPriceFen), subItem: 'pavement' }],
    })
    const step = { contractNo, changeNo }
    for (const who of ['chief', 'reviewer', 'development'] as const) await life.send(who, 'SignChangeOrder', step)
    await life.send('lead', 'ApproveChangeOrder', step)
    await life.send('lead', 'ApproveLargeChange', step)
  })

const otherCost = fc
  .record({ amountFen: fc.bigInt({ min: 1n, max: 80_000n }), quota: index })
  .map(({ amountFen, quota }): Step => async (life, { quotas }) => {
    const funded = pick(quotas, quota)
    if (funded === undefined) return
    const costNo = life.next('K')
    const { projectCode } = life
    await life.send('payer', 'RecordOtherCost', {
      ...{ projectCode, costNo, category: 'survey', contractNo: 'SURVEY', payeeUscc: parties.contractor },
      ...{ amountFen: String(amountFen), paidOn: today() },
      funding: [{ budgetQuotaNo: funded.budgetQuotaNo, amountFen: String(amountFen) }],
    })
    await life.send('approver', 'ApproveOtherCost', { projectCode, costNo })
  })

const reversal = index.map((which): Step => async (life, { applications }) => {
  const one = pick(applications, which)
  if (one === undefined) return
  await life.send('approver', 'ReverseApplication', { applicationNo: one.applicationNo, reason: '有误' })
})

const bankReturn = fc
  .record({ which: index, reissued: fc.boolean() })
  .map(({ which, reissued }): Step => async (life, { vouchers }) => {
    const voucher = pick(vouchers, which)
    if (voucher === undefined) return
    const { voucherNo } = voucher
    const document = life.document('BANK_RECEIPT')
    await life.send('bank', 'RecordBankReturn', { voucherNo, returnedOn: today(), reason: '账号不符', document })
    if (reissued) await life.send('approver', 'ReissueVoucher', { voucherNo })
  })

const refund = fc
  .record({ which: index, amountFen: fc.bigInt({ min: 1n, max: 50_000n }) })
  .map(({ which, amountFen }): Step => async (life, { vouchers }) => {
    const voucher = pick(vouchers, which)
    if (voucher === undefined) return
    const { voucherNo } = voucher
    const document = life.document('BANK_RECEIPT')
    await life.send('bank', 'RecordRefund', { voucherNo, amountFen: String(amountFen), refundedOn: today(), document })
  })

const named = {
  ...{
    measure,
    invoice,
    carefulApplication,
    application,
    approval,
    receipt,
    proposal,
    confirmation,
    newQuota,
    adjustedQuota,
  },
  ...{ change, otherCost, reversal, bankReturn, refund },
}
/** How often each happens, of the sum: payments are what lives are made of. */
const weights: Readonly<Record<keyof typeof named, number>> = {
  ...{
    measure: 4,
    invoice: 3,
    carefulApplication: 6,
    application: 6,
    approval: 10,
    receipt: 4,
    proposal: 3,
    confirmation: 3,
    newQuota: 2,
  },
  ...{ adjustedQuota: 2, change: 1, otherCost: 1, reversal: 2, bankReturn: 2, refund: 1 },
}

/** A step with its name, for whoever reads a failure. */
export class NamedStep {
  readonly name: string
  readonly step: Step

  constructor(name: string, step: Step) {
    this.name = name
    this.step = step
  }

  /** What fast-check prints. */
  [fc.toStringMethod](): string {
    return this.name
  }
}

export const steps: fc.Arbitrary<NamedStep> = fc.oneof(
  ...Object.entries(named).map(([name, arbitrary]) => ({
    weight: weights[name as keyof typeof named],
    arbitrary: arbitrary.map((step) => new NamedStep(name, step)),
  })),
)

/** Money to begin with. */
export async function furnish(life: Life): Promise<void> {
  const quota = (amountFen: string) =>
    life.send('budget', 'AllocateQuota', {
      ...{ projectCode: life.projectCode, budgetQuotaNo: life.next('Q'), fundSource: '县级财政' },
      ...{ year: Number(today().slice(0, 4)), amountFen, functionClass: '2120303', economyClass: '50302' },
    })
  expect(await quota('500000')).not.to.equal(undefined)
  expect(await quota('400000')).not.to.equal(undefined)
}
