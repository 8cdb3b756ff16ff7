import {
  applications,
  contractTotals,
  reversalRequest,
  vouchers,
  voucherNumber,
  type Application,
  type ReversalRequest,
} from '@caizheng/records'
import { recordCorrection } from '../../business/correction.js'
import { countPayment } from '../../business/count-payment.js'
import { ofContract } from '../../business/of-contract.js'
import { requireUnsettled } from '../../business/after-settlement.js'
import { cancelVoucher } from '../../business/issue-voucher.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'

/**
 * 冲正 of an application none of whose vouchers is paid: it counts no more in totals, quotas and invoices, and its vouchers are
 * REVERSED. They keep their numbers in the chain.
 */
export const reverseApplication: TransactionType<ReversalRequest> = {
  name: 'ReverseApplication',
  request: reversalRequest,
  authority: [{ role: 'FINANCE_APPROVER' }],
  place: async ({ applicationNo }, state) => ofContract(await state.load(applications, applicationNo), state),
  async run(call) {
    const {
      request: { applicationNo, reason },
      state,
      moment: { time, day },
      tx,
    } = call
    const application = await state.load(applications, applicationNo)
    requireStatus(application, 'PAYABLE', 'OWNER_APPROVED', 'APPROVED')
    // What a settlement counted as paid stays paid.
    if (!['SETTLEMENT', 'RETENTION_RELEASE'].includes(application.applicationKind)) {
      await requireUnsettled(state, application.contractNo)
    }
    const event = { time, tx }
    await judgeRecovery(call, application)
    if (application.status === 'APPROVED') await reverseVouchers(call, application)
    await countPayment(state, applicationNo, application, event, -1n)
    const steps = [...application.steps, { status: 'REVERSED' as const, at: time }]
    const record = { ...application, status: 'REVERSED' as const, steps, ...event }
    await state.save(applications, [applicationNo], record)
    const { projectCode, netFen: amountFen } = application
    const what = { type: 'ReverseApplication', projectCode, subject: applicationNo, reason, amountFen, on: day }
    await recordCorrection(call, what)
    return { record }
  },
}

/** An advance that other payments have recovered stays until they are reversed (R05). */
async function judgeRecovery(
  { state, judgement }: Call<ReversalRequest>,
  { contractNo, applicationKind, grossFen }: Application,
): Promise<void> {
  if (applicationKind !== 'ADVANCE') return
  const { advanceFen, recoveredFen } = await state.load(contractTotals, contractNo)
  const left = BigInt(advanceFen) - BigInt(grossFen)
  if (BigInt(recoveredFen) <= left) return
  judgement.add('R05', [{ outcome: 'REJECT', case: 'REVERSAL', expected: `≤ ${left}`, actual: recoveredFen }]).refuse()
}

/** Each voucher of the application, or the one that stands in its place, if it waits to be paid. */
async function reverseVouchers(
  { state, moment: { time }, tx }: Call<ReversalRequest>,
  { contractNo, lines, firstVoucher = 0 }: Application,
): Promise<void> {
  for (const offset of lines.keys()) {
    let voucher = await state.load(vouchers, voucherNumber(contractNo, firstVoucher + offset))
    while (voucher.replacedBy !== undefined) voucher = await state.load(vouchers, voucher.replacedBy)
    if (voucher.status === 'RETURNED') continue
    requireStatus(voucher, 'ISSUED', 'WITHHELD')
    await state.save(vouchers, [voucher.voucherNo], { ...voucher, status: 'REVERSED', time, tx })
    await cancelVoucher(state, voucher, time)
  }
}
