import { canonicalize, mirroredKinds, type CanonicalValue, type Network } from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import { Refusal } from '../refusals/refusal.js'
import type { State } from './state.js'

/** The chaincode that keeps copies of what payments need of `charter`, and the one that may write them. */
export const MIRROR_CHAINCODE = 'payment'
export const MIRROR_SOURCE = 'charter'

/**
 * Copies the written records of mirrored kinds into `payment`, in the same transaction: payments then read them without
 * asking all three organisations (a read across chaincodes joins their policies and costs a third of the rate).
 *
 * @param network the network record too, at the bootstrap
 */
export async function mirror(context: CallContext, state: State, network?: Network): Promise<void> {
  if (context.chaincode !== MIRROR_SOURCE) return
  const records = [...state.written]
    .filter(([, record]) => mirroredKinds.has((record as { kind: string }).kind))
    .map(([key, record]) => ({ key, record }))
  if (records.length === 0 && network === undefined) return
  const request = { records, ...(network === undefined ? {} : { network }) }
  await callChaincode(context, MIRROR_CHAINCODE, 'MirrorContract:Put', request)
}

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
