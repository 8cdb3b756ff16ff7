import { canonicalize, contracts, settlements } from '@caizheng/records'
import { paymentTotals } from '../../business/payment-totals.js'
import { State } from '../../business/state.js'
import type { CallContext } from '../../contracts/call-context.js'

/**
 * A contract, its totals as `payment` has them, and its settlement, in one answer: what proves that vouchers are complete. Each
 * node that signs it holds all three.
 *
 * @throws {Refusal} `RECORD_NOT_FOUND`
 */
export async function getCompleteness(context: CallContext, contractNo: string): Promise<string> {
  const state = new State(context.stub)
  const contract = await state.load(contracts, contractNo)
  const settlement = await state.find(settlements, contractNo)
  const totals = await paymentTotals(context, contractNo)
  return canonicalize({
    kind: 'completeness',
    version: 1,
    contract,
    totals,
    ...(settlement === undefined ? {} : { settlement }),
  })
}
