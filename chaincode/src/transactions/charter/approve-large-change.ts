import { changeOrders, parseRuledResult, type CanonicalValue } from '@caizheng/records'
import { callChaincode } from '../../business/call-chaincode.js'
import { MIRROR_CHAINCODE } from '../../business/mirror.js'
import { State } from '../../business/state.js'
import type { CallContext } from '../../contracts/call-context.js'
import { readJson } from '../../guards/input.js'

/**
 * `ApproveChangeOrder` of a change that is for all three organisations: `payment` judges and writes it, in a transaction of
 * `charter`, and so under the endorsement of both. `charter` keeps the approved change too: a transaction that writes nothing of
 * a chaincode is not brought to those who must endorse it.
 */
export async function approveLargeChange(context: CallContext, argument: string): Promise<string> {
  const request = readJson('request', argument, (value) => value as CanonicalValue)
  const answer = await callChaincode(context, MIRROR_CHAINCODE, 'ChangeContract:ApproveChangeOrder', request)
  const approved = changeOrders.parse(parseRuledResult(Buffer.from(answer)).record)
  await new State(context.stub).create(changeOrders, [approved.contractNo, approved.changeNo], approved)
  return answer
}
