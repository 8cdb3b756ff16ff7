import { applications, vouchers, voucherNumber, type Application, type TickRequest } from '@caizheng/records'
import { R21 } from '../../rules/r21-deadline.js'
import { alertOf } from '../alert.js'
import type { State } from '../state.js'
import { requireProject } from '../status.js'
import type { Call } from '../transaction.js'

/** What is owed and not paid; a held one is not owed yet, and one that another took the place of, or was reversed, no more. */
const OWED: readonly Application['status'][] = ['PAYABLE', 'OWNER_APPROVED', 'APPROVED', 'PARTLY_PAID']

/** R21: a small or private firm's application that is not paid by its due day. It has nothing to say where a tick names none. */
export async function overdueTick(call: Call<TickRequest>): Promise<void> {
  const { request, state, judgement } = call
  const { projectCode, applicationNo, tickDate: today } = request
  if (applicationNo === undefined) return
  const application = await state.load(applications, applicationNo)
  // An alert has one key: under another project's name it would keep the right one out.
  requireProject(application, projectCode)
  const { dueOn, status } = application
  if (dueOn === undefined || !OWED.includes(status)) return
  const unpaidFen = await unpaid(state, application)
  await alertOf(call, 'R21', applicationNo, () => {
    judgement.apply(R21, { dueOn, today, unpaidFen })
  })
}

/** The lines whose vouchers are not paid; what a court has withheld is not late. */
async function unpaid(state: State, { contractNo, lines, firstVoucher, netFen }: Application): Promise<bigint> {
  if (firstVoucher === undefined) return BigInt(netFen)
  let fen = 0n
  for (const offset of lines.keys()) {
    let voucher = await state.load(vouchers, voucherNumber(contractNo, firstVoucher + offset))
    while (voucher.replacedBy !== undefined) voucher = await state.load(vouchers, voucher.replacedBy)
    if (voucher.status === 'ISSUED' || voucher.status === 'RETURNED') fen += BigInt(voucher.amountFen)
  }
  return fen
}
