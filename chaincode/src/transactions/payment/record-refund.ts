import { contractTotals, refundRequest, vouchers, type RefundRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { recordCorrection } from '../../business/correction.js'
import { ofContract } from '../../business/of-contract.js'
import { useQuotas } from '../../business/quotas.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'

/** 多付退回: the bank's word that part of a paid voucher came back. Its quota may be used again. 财建〔2022〕183号 §1. */
export const recordRefund: TransactionType<RefundRequest> = {
  name: 'RecordRefund',
  request: refundRequest,
  authority: [{ role: 'BANK_ATTESTER' }],
  place: async ({ voucherNo }, state) => ofContract(await state.load(vouchers, voucherNo), state),
  async run(call) {
    const {
      request,
      actor,
      state,
      moment: { time },
      judgement,
      tx,
      context,
    } = call
    const { voucherNo, amountFen, refundedOn, document } = request
    const voucher = await state.load(vouchers, voucherNo)
    requireStatus(voucher, 'PAID')
    const refunded = BigInt(voucher.refundedFen ?? '0') + BigInt(amountFen)
    if (refunded > BigInt(voucher.amountFen)) {
      const finding = {
        outcome: 'REJECT' as const,
        case: 'REFUND',
        expected: `≤ ${voucher.amountFen}`,
        actual: String(refunded),
      }
      judgement.add('R02', [finding]).refuse()
    }
    const { projectCode, contractNo, budgetQuotaNo } = voucher
    await anchor(context, projectCode, actor.uscc, document)
    const event = { time, tx }
    await useQuotas(state, [{ budgetQuotaNo, amountFen }], event, -1n)
    const totals = await state.load(contractTotals, contractNo)
    const refundedFen = String(BigInt(totals.refundedFen) + BigInt(amountFen))
    await state.save(contractTotals, [contractNo], { ...totals, refundedFen, time })
    const record = { ...voucher, refundedFen: String(refunded), ...event }
    await state.save(vouchers, [voucherNo], record)
    const reason = document.number
    await recordCorrection(call, {
      type: 'RecordRefund',
      projectCode,
      subject: voucherNo,
      reason,
      amountFen,
      on: refundedOn,
    })
    return { record }
  },
}
