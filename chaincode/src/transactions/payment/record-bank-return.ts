import { bankReturnRequest, vouchers, type BankReturnRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { recordCorrection } from '../../business/correction.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'

/**
 * 退汇: the bank's word that a voucher could not be paid, or that its money came back. What is owed stays counted; another
 * voucher pays it.
 */
export const recordBankReturn: TransactionType<BankReturnRequest> = {
  name: 'RecordBankReturn',
  request: bankReturnRequest,
  authority: [{ role: 'BANK_ATTESTER' }],
  place: async ({ voucherNo }, state) => ({ project: (await state.load(vouchers, voucherNo)).projectCode }),
  async run(call) {
    const {
      request,
      actor,
      state,
      moment: { time },
      tx,
      context,
    } = call
    const { voucherNo, returnedOn, reason, document } = request
    const voucher = await state.load(vouchers, voucherNo)
    requireStatus(voucher, 'ISSUED', 'PAID')
    await anchor(context, voucher.projectCode, actor.uscc, document)
    const record = { ...voucher, status: 'RETURNED' as const, returnedOn, time, tx }
    await state.save(vouchers, [voucherNo], record)
    const { projectCode, amountFen } = voucher
    const what = { type: 'RecordBankReturn', projectCode, subject: voucherNo, reason, amountFen, on: returnedOn }
    await recordCorrection(call, what)
    return { record }
  },
}
