import { parseCanonical, parseRecordKeys, parseRecords } from '@caizheng/records'
import { CHARTER_CHAINCODE, PAYMENT_CHAINCODE } from '../completeness/query.js'
import { EvidenceError, why } from '../fault.js'
import { fill } from '../format/text.js'
import { argumentsOf } from '../receipt/checks/call.js'
import type { OpenReceipt } from '../receipt/open.js'
import type { TrustFile } from '../trust/schema.js'
import type { Query } from '../verify/receipt.js'

/** The function that returns records as stored, by their keys, and does nothing else. */
export const GET_RECORDS = 'QueryContract:GetRecords'

/** A record, or that there was none, as the nodes signed it. */
export interface KeyedRecord {
  readonly chaincode: string
  readonly key: string
  /** Undefined where there was none. */
  readonly record: unknown
}

/** How a receipt proves records: those of the keys that it asked for, each a point read. */
export function recordsQuery({ channel, chaincodes }: TrustFile): Query<readonly KeyedRecord[]> {
  return {
    expect(receipt) {
      const name = receipt.headerChaincode.name === PAYMENT_CHAINCODE ? PAYMENT_CHAINCODE : CHARTER_CHAINCODE
      const keys = [...askedKeys(receipt)].sort(byBytes)
      return {
        channel,
        definitions: chaincodes.filter((definition) => definition.name === name),
        call: [GET_RECORDS, argumentsOf(receipt)[1] ?? '<keys>'],
        keys,
        optional: new Set(keys),
      }
    },
    read(receipt) {
      const keys = askedKeys(receipt)
      const records = readRecords(receipt.response.payload)
      if (records.length !== keys.length) {
        throw new EvidenceError('RECORD_FORM', { why: `${records.length} records for ${keys.length} keys` })
      }
      const chaincode = receipt.headerChaincode.name
      const value = keys.map((key, i) => ({ chaincode, key, record: records[i] }))
      const seen = { en: '{count} records of {chaincode}', zh: '{chaincode} 的 {count} 条记录' }
      return { value, seen: fill(seen, { count: keys.length, chaincode }) }
    },
  }
}

/** As nodes order what they read. */
export function byBytes(one: string, other: string): number {
  const encoder = new TextEncoder()
  const [a, b] = [encoder.encode(one), encoder.encode(other)]
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? a.length - b.length : (a[at] as number) - (b[at] ?? -1)
}

/** The keys that were asked for; none where they are in no form, and then nothing fits. */
function askedKeys(receipt: OpenReceipt): readonly string[] {
  try {
    return parseRecordKeys(parseCanonical(argumentsOf(receipt)[1] ?? ''))
  } catch {
    return []
  }
}

function readRecords(payload: Uint8Array): readonly unknown[] {
  try {
    return parseRecords(payload)
  } catch (error) {
    throw new EvidenceError('RECORD_FORM', { why: why(error) }, { cause: error })
  }
}
