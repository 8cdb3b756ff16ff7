import type { CanonicalValue } from '@caizheng/records'
import { callChaincode } from '../../business/call-chaincode.js'
import { MIRROR_CHAINCODE } from '../../business/mirror.js'
import type { CallContext } from '../../contracts/call-context.js'
import { readJson } from '../../guards/input.js'
import { loadNetwork } from '../../state/network.js'

/**
 * `ApproveChangeOrder` of a change that is for all three organisations: `payment` judges and writes it, in a transaction of
 * `charter`, and so under the endorsement of both.
 */
export async function approveLargeChange(context: CallContext, argument: string): Promise<string> {
  const request = readJson('request', argument, (value) => value as CanonicalValue)
  // What is read here asks for this chaincode's endorsements: a transaction that only calls another chaincode is planned for
  // that one alone, and would then be invalid.
  await loadNetwork(context.stub)
  return callChaincode(context, MIRROR_CHAINCODE, 'ChangeContract:ApproveChangeOrder', request)
}
