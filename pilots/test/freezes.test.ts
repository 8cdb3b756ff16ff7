import type { Voucher } from '@caizheng/records'
import { expect } from 'chai'
import { stateOf } from './ledger.js'
import { document, Life, secretAccount, type Sent } from './life.js'

const CONTRACT = 'A-WK-01'
const INVOICE = '24332000000000000003'
const wage = 'c3b621ba2a11aa50475d788c1154f072feaa4a3d0875ee0d579e66b0645eb3e4'
const company = '2361592ff754892f2caa8758b5808b5bd1780a7fee92bcaaa1ff7832599dda01'
const voucherNo = (number: number): string => `${CONTRACT}-V${String(number).padStart(3, '0')}`

describe("a court's freeze of a contractor's money", function () {
  this.timeout(60_000)
  let life: Life

  before(async () => {
    life = await Life.upTo(98)
    await life.send('A-FIN-PAY', 'ReverseApplication', { applicationNo: 'A-APP-004', reason: '冻结' })
  })
  after(() => life?.stop())

  const refused = ({ outcome, rules }: Sent, code: string, ...broken: string[]) => {
    expect({ outcome, rules }).to.deep.equal({ outcome: code, rules: broken })
  }
  const freeze = (freezeNo: string, number = freezeNo) => ({
    ...{ contractNo: CONTRACT, freezeNo, reason: '法院协助执行通知' },
    document: document('OTHER', number),
  })
  const lines = (account: 'COMPANY' | 'WAGE', digest: string, to: string) =>
    [
      { budgetQuotaNo: 'A-Q24-G', account, accountDigest: digest, amountFen: '44200000' },
      { budgetQuotaNo: 'A-Q24-P', account: 'COMPANY', accountDigest: to, amountFen: '80000000' },
      { budgetQuotaNo: 'A-Q24-G', account: 'COMPANY', accountDigest: to, amountFen: '36800000' },
    ].map((line, at) => ({ lineNo: at + 1, ...line, invoiceNo: INVOICE }))
  /** The tax office's word is good for a day. */
  const apply = async (applicationNo: string, asked: ReturnType<typeof lines>): Promise<Sent> => {
    const projectCode = life.pilot.projectCode
    const attested = { projectCode, invoiceNo: INVOICE, status: 'NORMAL', checkedGrossFen: '221000000' }
    await life.send('A-TAX-SVC', 'AttestInvoice', { ...attested, redLetterFen: '0' })
    return life.send('A-CTR-PM', 'SubmitApplication', {
      ...{ applicationNo, projectCode, contractNo: CONTRACT, kind: 'PROGRESS', periodNo: 2, grossFen: '221000000' },
      ...{ recoveryFen: '60000000', netFen: '161000000', certifiedFen: '260000000', lines: asked },
    })
  }
  const approve = (person: string, applicationNo: string, stage: string) =>
    life.send(person, 'ApproveApplication', { applicationNo, stage })
  let changes = 0
  const changeAccount = async ({ digest, transient }: ReturnType<typeof secretAccount>): Promise<void> => {
    const change = { contractNo: CONTRACT, account: 'COMPANY', accountDigest: digest, reason: '开户行变更' }
    const asked = { ...change, document: document('OTHER', `BG-${++changes}`) }
    await life.send('A-CTR-PM', 'ProposeAccountChange', asked, transient)
    const signed = { contractNo: CONTRACT, account: 'COMPANY' }
    await life.send('A-OWN-PAY', 'SignAccountChange', signed)
    life.wait(4)
    expect((await life.send('A-FIN-PAY', 'SignAccountChange', signed)).record).to.include({ status: 'IN_FORCE' })
  }
  const second = secretAccount('FICTITIOUS-NEW-0002', 'a2'.repeat(16))
  const third = secretAccount('FICTITIOUS-NEW-0003', 'a3'.repeat(16))
  const receipt = (number: number, amountFen: string) =>
    life.send('A-BNK-SVC', 'RecordBankReceipt', {
      ...{ receiptNo: `HD-${number}`, voucherNo: voucherNo(number), amountFen, paidOn: life.day },
      document: document('BANK_RECEIPT', `HD-${number}`),
    })
  const release = (number: number, person = 'A-FIN-PAY') =>
    life.send(person, 'ReleaseVoucher', { voucherNo: voucherNo(number) })

  it('is recorded by finance, one at a time', async () => {
    refused(await life.send('A-OWN-PAY', 'RecordFreeze', freeze('DJ-1')), 'ROLE_NOT_ALLOWED')
    expect((await life.send('A-FIN-PAY', 'RecordFreeze', freeze('DJ-1'))).record).to.include({ frozenBy: 'DJ-1' })
    refused(await life.send('A-FIN-PAY', 'RecordFreeze', freeze('DJ-2')), 'RECORD_EXISTS')
    refused(await life.send('A-FIN-PAY', 'LiftFreeze', freeze('DJ-2', 'JD-2')), 'RECORD_NOT_FOUND')
  })

  it('holds what has no wages in it; a special approval lets the freeze pass, and no other account', async () => {
    refused(await apply('X-APP-1', lines('COMPANY', company, company)), 'HELD', 'R19', 'R20')
    await life.send('A-FIN-PAY', 'ProposeSpecialApproval', {
      ...{ approvalNo: 'TP-1', applicationNo: 'X-APP-1', overriddenRules: ['R19', 'R20'], reason: '法院同意支付' },
      document: document('SPECIAL_APPROVAL', 'TP-1'),
    })
    const confirmed = await life.send('A-OWN-LEAD', 'ConfirmSpecialApproval', { approvalNo: 'TP-1' })
    expect(confirmed.record).to.include({ status: 'PAYABLE', specialApproval: 'TP-1' })
    expect((await approve('A-OWN-PAY', 'X-APP-1', 'OWNER')).outcome).to.equal('COMMITTED')
    // The payee changes before finance approves: that was not let pass.
    await changeAccount(second)
    const late = await approve('A-FIN-PAY', 'X-APP-1', 'FINANCE')
    expect({ outcome: late.outcome, cases: late.cases }).to.deep.equal({
      ...{ outcome: 'RULES_BROKEN', cases: ['R19 ACCOUNT'] },
    })
    await life.send('A-FIN-PAY', 'ReverseApplication', { applicationNo: 'X-APP-1', reason: '账户变更' })
  })

  it('lets wages be paid, and withholds the other vouchers', async () => {
    refused(await apply('X-APP-2', lines('WAGE', wage, second.digest)), 'PAYABLE', 'R19')
    await approve('A-OWN-PAY', 'X-APP-2', 'OWNER')
    const { vouchers } = (await approve('A-FIN-PAY', 'X-APP-2', 'FINANCE')).record as { vouchers: readonly Voucher[] }
    expect(vouchers.map(({ voucherNo: no, status }) => [no, status])).to.deep.equal([
      [voucherNo(6), 'ISSUED'],
      [voucherNo(7), 'WITHHELD'],
      [voucherNo(8), 'WITHHELD'],
    ])
    expect((await receipt(6, '44200000')).record).to.include({ status: 'PARTLY_PAID' })
    refused(await receipt(7, '80000000'), 'STATUS_CONFLICT')
    refused(await release(7, 'A-OWN-PAY'), 'ROLE_NOT_ALLOWED')
    refused(await release(7), 'RULES_BROKEN', 'R19')
    refused(await release(6), 'STATUS_CONFLICT')
  })

  it('is lifted, and then the others are paid: to the account that is registered by then', async () => {
    const { record } = await life.send('A-FIN-PAY', 'LiftFreeze', freeze('DJ-1', 'JD-1'))
    expect(record).to.not.have.property('frozenBy')
    refused(await receipt(7, '80000000'), 'STATUS_CONFLICT')
    expect((await release(7)).record).to.include({ voucherNo: voucherNo(7), status: 'ISSUED' })
    expect((await receipt(7, '80000000')).outcome).to.equal('COMMITTED')
    await changeAccount(third)
    const { record: instead } = await release(8)
    expect(instead).to.include({ voucherNo: voucherNo(9), status: 'ISSUED', replaces: voucherNo(8) })
    expect(instead).to.include({ accountDigest: third.digest, amountFen: '36800000' })
    refused(await release(8), 'STATUS_CONFLICT')
    expect((await receipt(9, '36800000')).record).to.include({ status: 'PAID', paidVouchers: 3 })
    const totals = (await stateOf(life.county.administrator, 'payment')).get(`contractTotals:${CONTRACT}`)
    expect(totals).to.include({ vouchers: 9, cancelledFen: '36800000' })
  })
})
