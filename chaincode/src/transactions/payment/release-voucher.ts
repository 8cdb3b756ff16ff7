import { accounts, contractTotals, releaseRequest, vouchers, type ReleaseRequest } from '@caizheng/records'
import { cancelVoucher, issueVoucher } from '../../business/issue-voucher.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R19Application } from '../../rules/r19-account.js'

/**
 * Lets a voucher be paid that a court's freeze withheld, after that is lifted (R19). Where the payee's account has changed since,
 * another voucher to the account of now stands in its place.
 */
export const releaseVoucher: TransactionType<ReleaseRequest> = {
  name: 'ReleaseVoucher',
  request: releaseRequest,
  authority: [{ role: 'FINANCE_APPROVER' }],
  place: async ({ voucherNo }, state) => ofContract(await state.load(vouchers, voucherNo), state),
  async run({ request: { voucherNo }, state, moment: { time }, judgement, tx }) {
    const voucher = await state.load(vouchers, voucherNo)
    requireStatus(voucher, 'WITHHELD')
    const { contractNo, account } = voucher
    const { accountDigest } = await state.load(accounts, contractNo, account)
    const { frozenBy } = await state.load(contractTotals, contractNo)
    const lines = [{ ...voucher, accountDigest }]
    const registered = { [account]: accountDigest }
    judgement.apply(R19Application, { lines, registered, frozenBy, outcome: 'REJECT' }).refuse()
    const event = { time, tx }
    if (accountDigest === voucher.accountDigest) {
      const record = { ...voucher, status: 'ISSUED' as const, ...event }
      await state.save(vouchers, [voucherNo], record)
      return { record }
    }
    await cancelVoucher(state, voucher, time)
    const record = await issueVoucher(state, { ...voucher, accountDigest, replaces: voucherNo }, event)
    const replaced = { ...voucher, status: 'REVERSED' as const, replacedBy: record.voucherNo, ...event }
    await state.save(vouchers, [voucherNo], replaced)
    return { record }
  },
}
