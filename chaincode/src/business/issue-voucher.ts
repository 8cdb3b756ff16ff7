import { contractTotals, voucherNumber, voucherPreimage, vouchers, type Voucher } from '@caizheng/records'
import { sha256 } from '../identity/submitter.js'
import type { State } from './state.js'

/** What a new voucher takes over. */
export type VoucherContent = Pick<
  Voucher,
  | 'projectCode'
  | 'contractNo'
  | 'applicationNo'
  | 'lineNo'
  | 'budgetQuotaNo'
  | 'fundSource'
  | 'account'
  | 'accountDigest'
  | 'invoiceNo'
  | 'amountFen'
  | 'replaces'
>

/** Issues the next voucher of a contract: numbered, and chained to the one before it. */
export async function issueVoucher(
  state: State,
  content: VoucherContent,
  event: { readonly time: string; readonly tx: string },
): Promise<Voucher> {
  const { projectCode, contractNo, applicationNo, lineNo, budgetQuotaNo, fundSource } = content
  const { account, accountDigest, invoiceNo, amountFen, replaces } = content
  const totals = await state.load(contractTotals, contractNo)
  const number = totals.vouchers + 1
  const voucherNo = voucherNumber(contractNo, number)
  const voucher: Voucher = {
    kind: 'voucher',
    version: 1,
    ...{ voucherNo, projectCode, contractNo, number, previous: totals.head, applicationNo, lineNo },
    ...{ budgetQuotaNo, fundSource, account, accountDigest, invoiceNo, amountFen },
    ...(replaces === undefined ? {} : { replaces }),
    status: 'ISSUED',
    issuedAt: event.time,
    ...event,
  }
  await state.create(vouchers, [voucherNo], voucher)
  const head = sha256(voucherPreimage(voucher))
  await state.save(contractTotals, [contractNo], { ...totals, vouchers: number, head, time: event.time })
  return voucher
}
