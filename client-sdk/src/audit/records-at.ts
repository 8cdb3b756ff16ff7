import { canonicalize, MAX_KEYS, parseRecords } from '@caizheng/records'
import { encodeRecords, EvidenceError, GET_RECORDS } from '@caizheng/evidence'
import type { Link } from '../connection/link.js'
import type { CallOptions, ContractCall } from '../transactions/call.js'
import { takeReceipt, type ReceiptOptions } from '../evidence/receipt.js'
import { evaluate } from '../transactions/evaluate.js'
import { readAnswer } from './read-answer.js'

/** The chaincodes that hold records of business. */
export type BusinessChaincode = 'charter' | 'payment'

/** The query whose answer are the records at these keys. */
export function recordsCall(chaincode: BusinessChaincode, keys: readonly string[]): ContractCall {
  return { chaincode, function: GET_RECORDS, arguments: [canonicalize(keys)] }
}

/** Records by key, as many pages as it takes; `undefined` where there is none. */
export async function recordsAt(
  link: Link,
  chaincode: BusinessChaincode,
  keys: readonly string[],
  options: CallOptions,
): Promise<readonly unknown[]> {
  const records: unknown[] = []
  for (let from = 0; from < keys.length; from += MAX_KEYS) {
    const page = keys.slice(from, from + MAX_KEYS)
    const bytes = await evaluate(link, recordsCall(chaincode, page), options)
    records.push(...readAnswer(() => parseRecords(bytes)))
  }
  return records
}

/** Records of one proof; fewer where they are long, as a part of a receipt has 48 kB at most. */
const KEYS_PER_PROOF = 20

/**
 * Records files for these keys: a receipt has keys, versions and records in what the nodes signed. What they prove is for
 * `verifyRecords` to say.
 *
 * @throws EvidenceError SCHEMA for one record too long for a receipt
 */
export async function proofsOf(
  link: Link,
  chaincode: BusinessChaincode,
  keys: readonly string[],
  organizations: readonly string[],
  options: ReceiptOptions,
): Promise<readonly Uint8Array[]> {
  const prove = async (some: readonly string[]): Promise<Uint8Array[]> => {
    if (some.length > KEYS_PER_PROOF) return inTwo(some)
    const { receipt } = await takeReceipt(link, recordsCall(chaincode, some), organizations, options)
    try {
      return [encodeRecords(receipt)]
    } catch (error) {
      if (!(error instanceof EvidenceError) || some.length === 1) throw error
      return inTwo(some)
    }
  }
  const inTwo = async (some: readonly string[]): Promise<Uint8Array[]> => {
    const half = Math.ceil(some.length / 2)
    return [...(await prove(some.slice(0, half))), ...(await prove(some.slice(half)))]
  }
  return keys.length === 0 ? [] : prove(keys)
}
