import type { CanonicalValue } from '@caizheng/records'
import { callChaincode } from '../../business/call-chaincode.js'
import { MIRROR_CHAINCODE } from '../../business/mirror.js'
import type { CallContext } from '../../contracts/call-context.js'
import { readJson } from '../../guards/input.js'

/**
 * `ApproveChangeOrder` of a change that is for all three organisations: `payment` judges and writes it, in a transaction of
 * `charter`, and so under the endorsement of both.
 */
export function approveLargeChange(context: CallContext, argument: string): Promise<string> {
  const request = readJson('request', argument, (value) => value as CanonicalValue)
  return callChaincode(context, MIRROR_CHAINCODE, 'ChangeContract:ApproveChangeOrder', request)
}
