import { accounts, applications, reissueRequest, vouchers, type ReissueRequest } from '@caizheng/records'
import { issueVoucher } from '../../business/issue-voucher.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** A voucher in place of a returned one: the same money, to the account that is registered now, next in the contract's chain. */
export const reissueVoucher: TransactionType<ReissueRequest> = {
  name: 'ReissueVoucher',
  request: reissueRequest,
  authority: [{ role: 'FINANCE_APPROVER' }],
  place: async ({ voucherNo }, state) => ofContract(await state.load(vouchers, voucherNo), state),
  async run({ request: { voucherNo }, state, moment: { time }, tx }) {
    const returned = await state.load(vouchers, voucherNo)
    requireStatus(returned, 'RETURNED')
    if (returned.replacedBy !== undefined)
      throw new Refusal('RECORD_EXISTS', { kind: 'voucher', id: [returned.replacedBy] })
    // A reversed application is owed nothing any more.
    requireStatus(await state.load(applications, returned.applicationNo), 'APPROVED', 'PARTLY_PAID')
    const { contractNo, account } = returned
    const { accountDigest } = await state.load(accounts, contractNo, account)
    const event = { time, tx }
    const record = await issueVoucher(state, { ...returned, accountDigest, replaces: voucherNo }, event)
    await state.save(vouchers, [voucherNo], { ...returned, replacedBy: record.voucherNo, ...event })
    return { record }
  },
}
