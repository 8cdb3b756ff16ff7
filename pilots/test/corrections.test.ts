import { createHash } from 'node:crypto'
import { voucherChainStart, voucherPreimage, type Voucher } from '@caizheng/records'
import { expect } from 'chai'
import { stateOf } from './ledger.js'
import { networks, type StartNetwork } from './networks.js'
import { document, Life, secretAccount } from './life.js'

const CONTRACT = 'A-WK-01'
const voucherNo = (number: number): string => `${CONTRACT}-V${String(number).padStart(3, '0')}`

interface Totals {
  cashFen: string
  grossFen: string
  recoveredFen: string
  refundedFen: string
  vouchers: number
  head: string
  vouchersFen: string
  cancelledFen: string
}

/** What real life puts right: the second progress payment is approved, and then things go otherwise than planned. */
function corrections(start: StartNetwork): void {
  let life: Life

  before(async () => {
    life = await Life.upTo(100, start)
  })
  after(() => life?.stop())
  afterEach(expectWholeChain)

  const state = () => stateOf(life.county.administrator, 'payment')
  const record = async <T>(key: string): Promise<T> => (await state()).get(key) as T
  const totals = () => record<Totals>(`contractTotals:${CONTRACT}`)
  const quota = async (no: string): Promise<bigint> =>
    BigInt((await record<{ usedFen: string }>(`quota:${no}`)).usedFen)
  const refused = (sent: { outcome: string; rules: readonly string[] }, outcome: string, ...rules: string[]) => {
    expect({ outcome: sent.outcome, rules: sent.rules }).to.deep.equal({ outcome, rules })
  }

  /** Every voucher, counted once and chained from H0 to the head of the totals; their sum, and that of those that stand no more. */
  async function expectWholeChain(): Promise<void> {
    const records = await state()
    const { vouchers, head, ...sums } = records.get(`contractTotals:${CONTRACT}`) as Totals
    let [issued, cancelled] = [0n, 0n]
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    let last = digest(voucherChainStart(life.county.network.id, CONTRACT))
    for (let number = 1; number <= vouchers; number++) {
      const voucher = records.get(`voucher:${voucherNo(number)}`) as Voucher
      expect(voucher.previous, voucher.voucherNo).to.equal(last)
      expect(voucher.number).to.equal(number)
      last = digest(voucherPreimage(voucher))
      issued += BigInt(voucher.amountFen)
      if (['RETURNED', 'REVERSED'].includes(voucher.status)) cancelled += BigInt(voucher.amountFen)
    }
    expect(head).to.equal(last)
    expect(sums.vouchersFen).to.equal(String(issued))
    expect(sums.cancelledFen).to.equal(String(cancelled))
    expect([...records.keys()].filter((key) => key.startsWith(`voucher:${CONTRACT}-`))).to.have.length(vouchers)
  }

  const bankReturn = (number: number, document_ = `TH-${number}`) => ({
    voucherNo: voucherNo(number),
    returnedOn: life.day,
    reason: '户名不符',
    document: document('BANK_RECEIPT', document_),
  })
  const receipt = (number: number, amountFen: string) => ({
    receiptNo: `HD-${number}`,
    voucherNo: voucherNo(number),
    amountFen,
    paidOn: life.day,
    document: document('BANK_RECEIPT', `HD-${number}`),
  })

  it('a bank return is the bank’s word alone, and changes nothing of what counts as paid', async () => {
    const before = await totals()
    refused(await life.send('A-FIN-PAY', 'RecordBankReturn', bankReturn(6)), 'ROLE_NOT_ALLOWED')
    refused(await life.send('A-BNK-SVC', 'RecordBankReturn', bankReturn(99)), 'RECORD_NOT_FOUND')
    const returned = await life.send('A-BNK-SVC', 'RecordBankReturn', bankReturn(6))
    expect(returned.record).to.include({ status: 'RETURNED', voucherNo: voucherNo(6) })
    refused(await life.send('A-BNK-SVC', 'RecordBankReturn', bankReturn(6, 'TH-6-2')), 'STATUS_CONFLICT')
    refused(await life.send('A-BNK-SVC', 'RecordBankReceipt', receipt(6, '44200000')), 'STATUS_CONFLICT')
    const { time, cancelledFen, ...after } = (await totals()) as Totals & { time: string }
    expect(time).to.be.a('string')
    expect({ ...before }).to.include(after)
    expect(BigInt(cancelledFen) - BigInt(before.cancelledFen)).to.equal(44200000n)
  })

  it('another voucher pays it, once, next in the chain', async () => {
    refused(await life.send('A-BNK-SVC', 'ReissueVoucher', { voucherNo: voucherNo(6) }), 'ROLE_NOT_ALLOWED')
    refused(await life.send('A-FIN-PAY', 'ReissueVoucher', { voucherNo: voucherNo(7) }), 'STATUS_CONFLICT')
    const { record: issued } = await life.send('A-FIN-PAY', 'ReissueVoucher', { voucherNo: voucherNo(6) })
    expect(issued).to.include({
      voucherNo: voucherNo(9),
      replaces: voucherNo(6),
      amountFen: '44200000',
      status: 'ISSUED',
    })
    refused(await life.send('A-FIN-PAY', 'ReissueVoucher', { voucherNo: voucherNo(6) }), 'RECORD_EXISTS')
    expect((await totals()).vouchers).to.equal(9)
  })

  it('an application is reversed before it is paid: totals, quotas and invoice are as before, vouchers stand reversed', async () => {
    const was = { ...(await totals()), general: await quota('A-Q24-G'), province: await quota('A-Q24-P') }
    const request = { applicationNo: 'A-APP-004', reason: '计量有误' }
    refused(await life.send('A-OWN-PAY', 'ReverseApplication', request), 'ROLE_NOT_ALLOWED')
    refused(
      await life.send('A-FIN-PAY', 'ReverseApplication', { ...request, applicationNo: 'A-APP-002' }),
      'STATUS_CONFLICT',
    )
    const { record: reversed } = await life.send('A-FIN-PAY', 'ReverseApplication', request)
    expect(reversed).to.include({ status: 'REVERSED' })
    const now = await totals()
    expect(BigInt(was.cashFen) - BigInt(now.cashFen)).to.equal(161_000_000n)
    expect(BigInt(was.grossFen) - BigInt(now.grossFen)).to.equal(221_000_000n)
    expect(BigInt(was.recoveredFen) - BigInt(now.recoveredFen)).to.equal(60_000_000n)
    expect(was.general - (await quota('A-Q24-G'))).to.equal(81_000_000n)
    expect(was.province - (await quota('A-Q24-P'))).to.equal(80_000_000n)
    expect((await record<{ usedFen: string }>('invoice:24332000000000000003')).usedFen).to.equal('0')
    const statuses = await Promise.all([6, 7, 8, 9].map((n) => record<Voucher>(`voucher:${voucherNo(n)}`)))
    expect(statuses.map(({ status }) => status)).to.deep.equal(['RETURNED', 'REVERSED', 'REVERSED', 'REVERSED'])
    refused(await life.send('A-FIN-PAY', 'ReverseApplication', request), 'STATUS_CONFLICT')
    refused(await life.send('A-BNK-SVC', 'RecordBankReceipt', receipt(7, '80000000')), 'STATUS_CONFLICT')
  })

  const company = '2361592ff754892f2caa8758b5808b5bd1780a7fee92bcaaa1ff7832599dda01'
  const wage = 'c3b621ba2a11aa50475d788c1154f072feaa4a3d0875ee0d579e66b0645eb3e4'
  const application = (applicationNo: string, companyDigest = company) => ({
    applicationNo,
    ...{ projectCode: '2303-331003-04-01-000001', contractNo: CONTRACT, kind: 'PROGRESS', periodNo: 2 },
    ...{ grossFen: '221000000', recoveryFen: '60000000', netFen: '161000000', certifiedFen: '260000000' },
    lines: [
      { lineNo: 1, budgetQuotaNo: 'A-Q24-G', account: 'WAGE', accountDigest: wage, amountFen: '44200000' },
      { lineNo: 2, budgetQuotaNo: 'A-Q24-P', account: 'COMPANY', accountDigest: companyDigest, amountFen: '80000000' },
      { lineNo: 3, budgetQuotaNo: 'A-Q24-G', account: 'COMPANY', accountDigest: companyDigest, amountFen: '36800000' },
    ].map((line) => ({ ...line, invoiceNo: '24332000000000000003' })),
  })
  const approve = (person: string, applicationNo: string, stage: string) =>
    life.send(person, 'ApproveApplication', { applicationNo, stage })
  /** The tax office's word is good for a day. */
  const apply = async (request: ReturnType<typeof application>) => {
    await life.send('A-TAX-SVC', 'AttestInvoice', {
      ...{ projectCode: request.projectCode, invoiceNo: '24332000000000000003' },
      ...{ status: 'NORMAL', checkedGrossFen: '221000000', redLetterFen: '0' },
    })
    return life.send('A-CTR-PM', 'SubmitApplication', request)
  }

  const changed = secretAccount('FICTITIOUS-NEW-0001', 'a3'.repeat(16))
  const change = (accountDigest: string) => ({
    ...{ contractNo: CONTRACT, account: 'COMPANY', accountDigest, reason: '开户行变更' },
    document: document('OTHER', 'BG-1'),
  })
  const signed = { contractNo: CONTRACT, account: 'COMPANY' }

  it('a change of payee needs three signatures and its wait', async () => {
    expect((await apply(application('X-APP-7'))).outcome).to.equal('PAYABLE')
    const propose = (digest: string) => life.send('A-CTR-PM', 'ProposeAccountChange', change(digest), changed.transient)
    refused(
      await life.send('A-OWN-PAY', 'ProposeAccountChange', change(changed.digest), changed.transient),
      'ROLE_NOT_ALLOWED',
    )
    refused(await propose('0'.repeat(64)), 'RULES_BROKEN', 'R19')
    refused(await life.send('A-CTR-PM', 'ProposeAccountChange', change(changed.digest)), 'ARGUMENT_MALFORMED')
    expect((await propose(changed.digest)).record).to.include({ status: 'PROPOSED' })
    refused(await propose(changed.digest), 'RECORD_EXISTS')
    refused(await life.send('A-CTR-PM', 'SignAccountChange', signed), 'ROLE_NOT_ALLOWED')
    expect((await life.send('A-OWN-PAY', 'SignAccountChange', signed)).record).to.include({ status: 'PROPOSED' })
    refused(await life.send('A-OWN-PAY', 'SignAccountChange', signed), 'RECORD_EXISTS')
    refused(await life.send('A-FIN-PAY', 'SignAccountChange', signed), 'RULES_BROKEN', 'R19')
    life.wait(3)
    expect((await life.send('A-FIN-PAY', 'SignAccountChange', signed)).record).to.include({ status: 'IN_FORCE' })
    refused(await life.send('A-FIN-PAY', 'SignAccountChange', signed), 'STATUS_CONFLICT')
    const { accountDigest } = await record<{ accountDigest: string }>(`account:${CONTRACT}:COMPANY`)
    expect(accountDigest).to.equal(changed.digest)
  })

  it('nothing goes to the old account: what waits is refused, what comes is held', async () => {
    await approve('A-OWN-PAY', 'X-APP-7', 'OWNER')
    refused(await approve('A-FIN-PAY', 'X-APP-7', 'FINANCE'), 'RULES_BROKEN', 'R19')
    await life.send('A-FIN-PAY', 'ReverseApplication', { applicationNo: 'X-APP-7', reason: '账户变更' })
    refused(await apply(application('X-APP-4')), 'HELD', 'R19')
    const anew = application('X-APP-5', changed.digest)
    expect((await apply(anew)).outcome).to.equal('PAYABLE')
    await approve('A-OWN-PAY', 'X-APP-5', 'OWNER')
    const { record: paid } = await approve('A-FIN-PAY', 'X-APP-5', 'FINANCE')
    expect(paid).to.include({ status: 'APPROVED', firstVoucher: 10 })
  })

  it('the replaced number is purged, the one in force is not', async () => {
    const purge = (accountDigest: string) => ({ ...signed, accountDigest, reason: '账户已更换' })
    refused(await life.send('A-CTR-PM', 'PurgeAccount', purge(company)), 'ROLE_NOT_ALLOWED')
    refused(await life.send('A-FIN-PAY', 'PurgeAccount', purge(changed.digest)), 'STATUS_CONFLICT')
    refused(await life.send('A-FIN-PAY', 'PurgeAccount', purge('1'.repeat(64))), 'RECORD_NOT_FOUND')
    expect((await life.send('A-FIN-PAY', 'PurgeAccount', purge(company))).record).to.include({ type: 'PurgeAccount' })
    refused(await life.send('A-FIN-PAY', 'PurgeAccount', purge(company)), 'RECORD_NOT_FOUND')
  })

  it('what was paid can come back: the application is paid no more, and is paid again', async () => {
    const application = () => record<{ status: string; paidVouchers: number }>('application:X-APP-5')
    for (const [number, amount] of [
      [10, '44200000'],
      [11, '80000000'],
      [12, '36800000'],
    ] as const) {
      expect((await life.send('A-BNK-SVC', 'RecordBankReceipt', receipt(number, amount))).outcome).to.equal('COMMITTED')
    }
    expect(await application()).to.include({ status: 'PAID', paidVouchers: 3 })
    await life.send('A-BNK-SVC', 'RecordBankReturn', bankReturn(11))
    expect(await application()).to.include({ status: 'PARTLY_PAID', paidVouchers: 2 })
    refused(
      await life.send('A-FIN-PAY', 'ReverseApplication', { applicationNo: 'X-APP-5', reason: '-' }),
      'STATUS_CONFLICT',
    )
    expect((await life.send('A-FIN-PAY', 'ReissueVoucher', { voucherNo: voucherNo(11) })).record).to.include({
      voucherNo: voucherNo(13),
    })
    await life.send('A-BNK-SVC', 'RecordBankReceipt', receipt(13, '80000000'))
    expect(await application()).to.include({ status: 'PAID', paidVouchers: 3 })
  })

  it('a refund gives its quota back, never more than was paid', async () => {
    const refund = (amountFen: string, number: string) => ({
      ...{ voucherNo: voucherNo(12), amountFen, refundedOn: life.day },
      document: document('BANK_RECEIPT', number),
    })
    const before = await quota('A-Q24-G')
    refused(await life.send('A-FIN-PAY', 'RecordRefund', refund('1', 'TK-0')), 'ROLE_NOT_ALLOWED')
    refused(
      await life.send('A-BNK-SVC', 'RecordRefund', { ...refund('1', 'TK-0'), voucherNo: voucherNo(6) }),
      'STATUS_CONFLICT',
    )
    expect((await life.send('A-BNK-SVC', 'RecordRefund', refund('6800000', 'TK-1'))).record).to.include({
      refundedFen: '6800000',
    })
    refused(await life.send('A-BNK-SVC', 'RecordRefund', refund('30000001', 'TK-2')), 'RULES_BROKEN', 'R02')
    expect((await life.send('A-BNK-SVC', 'RecordRefund', refund('30000000', 'TK-3'))).record).to.include({
      refundedFen: '36800000',
    })
    expect(before - (await quota('A-Q24-G'))).to.equal(36_800_000n)
    expect((await totals()).refundedFen).to.equal('36800000')
    // What went back to its quota already is not returned once more.
    refused(await life.send('A-BNK-SVC', 'RecordBankReturn', bankReturn(12, 'TH-refunded')), 'STATUS_CONFLICT')
  })

  it('a permit says nothing of an estimate: no department raises the ceiling with its own paper', async () => {
    const permit = (figures: object) => ({
      ...{ projectCode: life.pilot.projectCode, type: 'PLANNING_PERMIT', number: 'GH-2', issuedOn: life.day },
      ...{ document: document('PLANNING_PERMIT', 'GH-2'), ...figures },
    })
    for (const figures of [{ approvedEstimateFen: '900000000000000' }, { combinedWith: 'ESTIMATE_APPROVAL' }]) {
      refused(await life.send('A-PLN-OFF', 'RecordAttestation', permit(figures)), 'ARGUMENT_MALFORMED')
    }
  })

  it('an invoice that is registered again is the same to the fen, or refused', async () => {
    const step = life.pilot.steps.find(({ transaction }) => transaction === 'registerInvoice')
    const number = step?.input['invoiceNo'] as string
    const again = { ...step?.input, document: document('INVOICE', number) }
    refused(
      await life.send('A-OWN-PAY', 'RegisterInvoice', { ...again, grossFen: '11800001', netFen: '11132076' }),
      'RECORD_EXISTS',
    )
  })

  it('an approved stop silences the stall alert until the works go on', async () => {
    const stop = { contractNo: CONTRACT, stoppedOn: '2024-01-16', reason: '汛期' }
    const tick = () => ({
      ...{ projectCode: '2303-331003-04-01-000001', tick: 'tickHeartbeat', tickDate: life.day, rules: ['R37'] },
      contractNo: CONTRACT,
    })
    life.wait(5)
    refused(await life.send('A-FIN-QUOTA', 'RunTick', tick()), 'COMMITTED', 'R37')
    refused(await life.send('A-CTR-PM', 'StopWorks', stop), 'ROLE_NOT_ALLOWED')
    expect((await life.send('A-OWN-LEAD', 'StopWorks', stop)).record).to.include({ stoppedOn: '2024-01-16' })
    refused(await life.send('A-OWN-LEAD', 'StopWorks', stop), 'STATUS_CONFLICT')
    life.wait(30)
    refused(await life.send('A-FIN-QUOTA', 'RunTick', tick()), 'COMMITTED')
    const resume = (resumedOn: string) => ({ contractNo: CONTRACT, resumedOn })
    refused(await life.send('A-OWN-LEAD', 'ResumeWorks', resume('2024-01-15')), 'STATUS_CONFLICT')
    const resumedOn = life.day
    const { record: resumed } = await life.send('A-OWN-LEAD', 'ResumeWorks', resume(resumedOn))
    expect(resumed).to.include({ resumedOn }).and.not.have.property('stoppedOn')
    refused(await life.send('A-OWN-LEAD', 'ResumeWorks', resume(life.day)), 'STATUS_CONFLICT')
    life.wait(4)
    refused(await life.send('A-FIN-QUOTA', 'RunTick', tick()), 'COMMITTED', 'R37')
  })

  it('a suggestion changes nothing', async () => {
    const budget = await record('budget:2303-331003-04-01-000001')
    const suggestion = {
      ...{ projectCode: '2303-331003-04-01-000001', suggestionNo: 'JY-1', reason: '绿化结余' },
      moves: [{ fromSubItem: 'ancillary', toSubItem: 'drainage', amountFen: '1000000' }],
      ...{ inputDigest: '2'.repeat(64), method: 'threshold 1.0' },
    }
    refused(await life.send('A-CTR-PM', 'RecordSuggestion', suggestion), 'ROLE_NOT_ALLOWED')
    expect((await life.send('A-FIN-QUOTA', 'RecordSuggestion', suggestion)).record).to.include({ suggestionNo: 'JY-1' })
    const other = { ...suggestion, reason: '别的' }
    refused(await life.send('A-FIN-QUOTA', 'RecordSuggestion', other), 'RECORD_EXISTS')
    expect(await record('budget:2303-331003-04-01-000001')).to.deep.equal(budget)
  })

  it('a guarantee is of one of the four kinds, within its most', async () => {
    const guarantee = (guaranteeNo: string, amountFen: string, kind = 'PERFORMANCE') => ({
      ...{ contractNo: CONTRACT, guaranteeNo, kind, form: 'BANK_GUARANTEE', amountFen, validUntil: '2025-12-31' },
      document: document('GUARANTEE_LETTER', guaranteeNo),
    })
    refused(await life.send('A-CTR-PM', 'RecordGuarantee', guarantee('BH-1', '94730201')), 'RULES_BROKEN', 'R35')
    refused(await life.send('A-CTR-PM', 'RecordGuarantee', guarantee('BH-2', '1', 'HARMONY')), 'ARGUMENT_MALFORMED')
    refused(await life.send('A-OWN-PAY', 'RecordGuarantee', guarantee('BH-3', '1')), 'ROLE_NOT_ALLOWED')
    const { record: held } = await life.send('A-CTR-PM', 'RecordGuarantee', guarantee('BH-4', '94730200'))
    expect(held).to.include({ status: 'HELD', depositKind: 'PERFORMANCE' })
  })

  it('a large change is for all three: it counts only through charter, with finance’s signature', async () => {
    const qtyMilli = '7000000'
    const item = {
      itemCode: '040203006001',
      name: '沥青混凝土',
      unit: 'm2',
      unitPriceFen: '18500',
      subItem: 'pavement',
    }
    const amountFen = '129500000'
    const step = { contractNo: CONTRACT, changeNo: 'CO-9' }
    const proposal = {
      ...{ ...step, reason: '加宽', fundedBy: 'NEW_BUDGET', siteOrScopeChange: false, amountFen },
      items: [{ ...item, qtyMilli, amountFen }],
      document: document('CHANGE_ORDER', 'CO-9'),
    }
    await life.send('A-CTR-PM', 'ProposeChangeOrder', proposal)
    await life.send('A-SUP-CHIEF', 'SignChangeOrder', step)
    const unsigned = await life.send('A-OWN-LEAD', 'ApproveLargeChange', step)
    expect(unsigned.rules).to.include('R36')
    await life.send('A-FIN-REVIEW', 'SignChangeOrder', step)
    const direct = await life.send('A-OWN-LEAD', 'ApproveChangeOrder', step)
    const through = await life.send('A-OWN-LEAD', 'ApproveLargeChange', step)
    // The pavement's budget does not bear it: R01 refuses it either way, and moves nothing.
    refused(direct, 'RULES_BROKEN', 'R01')
    refused(through, 'RULES_BROKEN', 'R01')
    const small = { ...item, qtyMilli: '1000', amountFen: '18500' }
    const little = { contractNo: CONTRACT, changeNo: 'CO-10' }
    await life.send('A-CTR-PM', 'ProposeChangeOrder', {
      ...{ ...little, reason: '零星', fundedBy: 'NEW_BUDGET', siteOrScopeChange: false, amountFen: '18500' },
      items: [small],
      document: document('CHANGE_ORDER', 'CO-10'),
    })
    await life.send('A-SUP-CHIEF', 'SignChangeOrder', little)
    await life.send('A-FIN-REVIEW', 'SignChangeOrder', little)
    refused(await life.send('A-OWN-LEAD', 'ApproveChangeOrder', little), 'CALLED_DIRECTLY')
    refused(await life.send('A-CTR-PM', 'ApproveLargeChange', little), 'ROLE_NOT_ALLOWED')
    const { record: approved } = await life.send('A-OWN-LEAD', 'ApproveLargeChange', little)
    expect(approved).to.include({ status: 'APPROVED', amountFen: '18500' })
    expect(await totals()).to.include({ changesBudgetFen: '18500' })
    const kept = await stateOf(life.county.administrator, 'charter')
    expect(kept.get(`changeOrder:${CONTRACT}:CO-10`)).to.deep.equal(await record(`changeOrder:${CONTRACT}:CO-10`))
  })

  it('a measure keeps who signed it and what they said', async () => {
    const { signature } = await record<{ signature: object }>(`measure:${CONTRACT}:2`)
    expect(signature).to.include({ role: 'CHIEF_SUPERVISION_ENGINEER', statement: '同意支付' })
  })

  it('a terminated contract is measured and paid no further', async () => {
    const termination = {
      ...{ contractNo: CONTRACT, terminatedOn: life.day, reason: '协商解除' },
      document: document('OTHER', 'JC-1'),
    }
    refused(await life.send('A-CTR-PM', 'TerminateContract', termination), 'ROLE_NOT_ALLOWED')
    expect((await life.send('A-OWN-LEAD', 'TerminateContract', termination)).record).to.include({
      status: 'TERMINATED',
      terminatedOn: termination.terminatedOn,
      terminatedBecause: '协商解除',
    })
    refused(await life.send('A-OWN-LEAD', 'TerminateContract', termination), 'STATUS_CONFLICT')
    const late = application('X-APP-9', changed.digest)
    refused(await life.send('A-CTR-PM', 'SubmitApplication', late), 'STATUS_CONFLICT')
    const stop = { contractNo: CONTRACT, stoppedOn: life.day, reason: '-' }
    refused(await life.send('A-OWN-LEAD', 'StopWorks', stop), 'STATUS_CONFLICT')
  })

  it('what was built of a terminated contract is settled without acceptance, over the whole chain', async () => {
    const settlement = { contractNo: CONTRACT, settlementNo: 'JS-1' }
    const report = { submittedFen: '400000000', submittedOn: life.day, document: document('SETTLEMENT_REPORT', 'JS-1') }
    const { record: submitted } = await life.send('A-CTR-PM', 'SubmitSettlement', { ...settlement, ...report })
    expect(submitted).to.include({ status: 'SUBMITTED' })
    const before = (await totals()) as Totals & { refundedFen: string; cashFen: string }
    const paidFen = String(BigInt(before.cashFen) - BigInt(before.refundedFen))
    await life.send('A-CST-ENG', 'ReviewSettlement', { ...settlement, approvedFen: '400000000' })
    const figures = {
      ...{ submittedFen: '400000000', approvedFen: '400000000', reductionFen: '0', reductionRateBp: 0, paidFen },
      ...{ cashRetentionFen: '0', guaranteeFen: '0' },
    }
    const open = 400_000_000n - BigInt(paidFen)
    const left = open < 0n ? { payableFen: '0', overpaidFen: String(-open) } : { payableFen: String(open) }
    const approve = { ...settlement, ...figures, ...left }
    const { record: approved } = await life.send('A-FIN-REVIEW', 'ApproveSettlement', approve)
    expect(approved).to.include({ status: 'APPROVED' })
    const { head, vouchers, vouchersFen, cancelledFen } = before
    expect((approved['approval'] as { chain: object }).chain).to.include({ head, vouchers, vouchersFen, cancelledFen })
    expect(await record<{ status: string }>(`contract:${CONTRACT}`)).to.include({ status: 'SETTLED' })
  })
}

for (const { name, start, skipped } of await networks()) {
  describe(`corrections: ${name}`, function () {
    this.timeout(600_000)
    if (skipped === undefined) corrections(start)
    else it(`skipped: ${skipped}`)
  })
}
