import { applications, bankReturnRequest, vouchers, type BankReturnRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { recordCorrection } from '../../business/correction.js'
import { cancelVoucher } from '../../business/issue-voucher.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

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
    // What was refunded went back to its quota already: returned whole, it would count twice.
    if (voucher.refundedFen !== undefined) {
      throw new Refusal('STATUS_CONFLICT', { kind: 'voucher', refundedFen: voucher.refundedFen })
    }
    await anchor(context, voucher.projectCode, actor.uscc, document)
    const record = { ...voucher, status: 'RETURNED' as const, returnedOn, time, tx }
    await state.save(vouchers, [voucherNo], record)
    await cancelVoucher(state, voucher, time)
    if (voucher.status === 'PAID') await paidNoMore(call, voucher.applicationNo)
    const { projectCode, amountFen } = voucher
    const what = { type: 'RecordBankReturn', projectCode, subject: voucherNo, reason, amountFen, on: returnedOn }
    await recordCorrection(call, what)
    return { record }
  },
}

/** One voucher of the application is paid no more: its money came back. */
async function paidNoMore(
  { state, moment: { time }, tx }: Call<BankReturnRequest>,
  applicationNo: string,
): Promise<void> {
  const application = await state.load(applications, applicationNo)
  const paidVouchers = application.paidVouchers - 1
  const status = paidVouchers === 0 ? ('APPROVED' as const) : ('PARTLY_PAID' as const)
  const steps = status === application.status ? application.steps : [...application.steps, { status, at: time }]
  await state.save(applications, [applicationNo], { ...application, status, steps, paidVouchers, time, tx })
}
