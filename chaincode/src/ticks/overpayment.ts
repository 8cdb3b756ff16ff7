import { contractTotals, settlements } from '@caizheng/records'
import { R02Return } from '../rules/r02-payment-ceiling.js'
import type { Tick } from './tick.js'

/** R02: what a settlement found to be paid too much has not come back. */
export const overpayment: Tick = {
  about: 'contract',
  async judge({ request: { tickDate }, state, judgement }, { contractNo }) {
    const { approval, returnBy } = (await state.find(settlements, contractNo)) ?? {}
    if (approval === undefined || returnBy === undefined) return
    const { refundedFen } = await state.load(contractTotals, contractNo)
    judgement.apply(R02Return, {
      overpaidFen: BigInt(approval.overpaidFen),
      returnedFen: BigInt(refundedFen) - BigInt(approval.chain.refundedFen),
      returnBy,
      today: tickDate,
    })
  },
}
