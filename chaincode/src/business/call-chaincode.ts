import { canonicalize, type CanonicalValue } from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import { Refusal } from '../refusals/refusal.js'

/**
 * Calls another chaincode in the same transaction; what it refuses refuses the whole.
 *
 * @returns its answer's text
 */
export async function callChaincode(
  { stub }: CallContext,
  chaincode: string,
  transaction: string,
  request: CanonicalValue,
): Promise<string> {
  const response = await stub.invokeChaincode(chaincode, [transaction, canonicalize(request)], stub.getChannelID())
  if (response.status === 200) return Buffer.from(response.payload ?? []).toString()
  const message = response.message ?? ''
  throw Refusal.from(message) ?? new Error(`${chaincode} answered ${response.status}: ${message}`)
}
