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

/**
 * Issues the next voucher of a contract: numbered, and chained to the one before it. Under a court's freeze it is withheld, but
 * for wages.
 *
 * @param freezePassed a special approval has let the freeze pass
 */
export async function issueVoucher(
  state: State,
  content: VoucherContent,
  event: { readonly time: string; readonly tx: string },
  freezePassed = false,
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
    ...{ budgetQuotaNo, fundSource, account, accountDigest, amountFen },
    ...(invoiceNo === undefined ? {} : { invoiceNo }),
    ...(replaces === undefined ? {} : { replaces }),
    status: totals.frozenBy === undefined || account === 'WAGE' || freezePassed ? 'ISSUED' : 'WITHHELD',
    issuedAt: event.time,
    ...event,
  }
  await state.create(vouchers, [voucherNo], voucher)
  const head = sha256(voucherPreimage(voucher))
  const vouchersFen = String(BigInt(totals.vouchersFen) + BigInt(amountFen))
  await state.save(contractTotals, [contractNo], { ...totals, vouchers: number, head, vouchersFen, time: event.time })
  return voucher
}

/** Counts a voucher among those that stand no more: returned by the bank, or reversed. It keeps its place in the chain. */
export async function cancelVoucher(state: State, { contractNo, amountFen }: Voucher, time: string): Promise<void> {
  const totals = await state.load(contractTotals, contractNo)
  const cancelledFen = String(BigInt(totals.cancelledFen) + BigInt(amountFen))
  await state.save(contractTotals, [contractNo], { ...totals, cancelledFen, time })
}
