import { canonicalize, MAX_KEYS, parseRecords } from '@caizheng/records'
import type { Link } from '../connection/link.js'
import type { CallOptions, ContractCall } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'
import { readAnswer } from './read-answer.js'

/** The chaincodes that hold records of business. */
export type BusinessChaincode = 'charter' | 'payment'

/** The query whose answer are the records at these keys. */
export function recordsCall(chaincode: BusinessChaincode, keys: readonly string[]): ContractCall {
  return { chaincode, function: 'QueryContract:GetRecords', arguments: [canonicalize(keys)] }
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
