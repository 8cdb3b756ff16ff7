import { mirroredKinds, type Network } from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import { callChaincode } from './call-chaincode.js'
import type { State } from './state.js'

/** The chaincode that keeps copies of what payments need of `charter`, and the one that may write them. */
export const MIRROR_CHAINCODE = 'payment'
export const MIRROR_SOURCE = 'charter'
const MOST_RECORDS = 16

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
  if (network !== undefined) {
    await callChaincode(context, MIRROR_CHAINCODE, 'MirrorContract:Put', { network, records: [] })
  }
  // Several at a time: the registration of many people is more than one argument holds.
  for (let from = 0; from < records.length; from += MOST_RECORDS) {
    const some = records.slice(from, from + MOST_RECORDS)
    await callChaincode(context, MIRROR_CHAINCODE, 'MirrorContract:Put', { records: some })
  }
}
