import { contractTotals, settlements } from '@caizheng/records'
import { R02Return } from '../../rules/r02-payment-ceiling.js'
import { alertOf } from '../alert.js'
import { ofContract } from './tick.js'

/** R02: what a settlement found to be paid too much has not come back. */
export const overpaymentTick = ofContract(async (call, { contractNo }) => {
  const { request, state, judgement } = call
  const { approval, returnBy } = (await state.find(settlements, contractNo)) ?? {}
  if (approval === undefined || returnBy === undefined) return
  const { refundedFen } = await state.load(contractTotals, contractNo)
  await alertOf(call, 'R02', contractNo, () => {
    judgement.apply(R02Return, {
      overpaidFen: BigInt(approval.overpaidFen),
      returnedFen: BigInt(refundedFen) - BigInt(approval.chain.refundedFen),
      returnBy,
      today: request.tickDate,
    })
  })
})
