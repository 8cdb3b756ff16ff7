import { contractTotals, type ContractTotals } from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import { callChaincode } from './call-chaincode.js'
import { MIRROR_CHAINCODE } from './mirror.js'

/**
 * A contract's totals and the head of its vouchers, as `payment` has them in this transaction: a payment in between makes the
 * transaction invalid.
 */
export async function paymentTotals(context: CallContext, contractNo: string): Promise<ContractTotals> {
  const answer = await callChaincode(context, MIRROR_CHAINCODE, 'MirrorContract:GetTotals', { contractNo })
  return contractTotals.parse(Buffer.from(answer))
}
