import { applications, bankReceiptRequest, vouchers, type BankReceiptRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'

/** 银行回单: the bank's word that a voucher is paid, to the fen. */
export const recordBankReceipt: TransactionType<BankReceiptRequest> = {
  name: 'RecordBankReceipt',
  request: bankReceiptRequest,
  authority: [{ role: 'BANK_ATTESTER' }],
  place: async ({ voucherNo }, state) => ({ project: (await state.load(vouchers, voucherNo)).projectCode }),
  async run({ request, actor, state, moment: { time }, judgement, tx, context }) {
    const { receiptNo, voucherNo, amountFen, paidOn, document } = request
    const voucher = await state.load(vouchers, voucherNo)
    requireStatus(voucher, 'ISSUED')
    if (amountFen !== voucher.amountFen) {
      judgement
        .add('R02', [{ outcome: 'REJECT', case: 'RECEIPT', expected: voucher.amountFen, actual: amountFen }])
        .refuse()
    }
    const application = await state.load(applications, voucher.applicationNo)
    requireStatus(application, 'APPROVED', 'PARTLY_PAID')
    await anchor(context, voucher.projectCode, actor.uscc, document)
    const receipt = { receiptNo, paidOn, receiptAt: time }
    await state.save(vouchers, [voucherNo], { ...voucher, status: 'PAID', ...receipt, time, tx })
    const paidVouchers = application.paidVouchers + 1
    const status = paidVouchers === application.lines.length ? ('PAID' as const) : ('PARTLY_PAID' as const)
    const steps = status === application.status ? application.steps : [...application.steps, { status, at: time }]
    const record = { ...application, status, steps, paidVouchers, time, tx }
    await state.save(applications, [application.applicationNo], record)
    return { record }
  },
}
