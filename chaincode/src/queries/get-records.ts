import { canonicalize, parseCanonical, parseRecordKeys, type CanonicalValue } from '@caizheng/records'
import type { ChaincodeStub } from '../fabric.js'
import { readJson } from '../guards/input.js'

/**
 * Records of this chaincode as stored, by their keys; null where there is none. Each is a point read, so a node that signs the
 * answer signs the key and the version of each with it.
 *
 * @throws {Refusal} `ARGUMENT_NOT_CANONICAL`, `ARGUMENT_MALFORMED`
 */
export async function getRecords(stub: ChaincodeStub, argument: string): Promise<string> {
  const keys = readJson('keys', argument, parseRecordKeys)
  const records: CanonicalValue[] = []
  for (const key of keys) {
    const bytes = await stub.getState(key)
    records.push(bytes.length === 0 ? null : parseCanonical(bytes))
  }
  return canonicalize({ kind: 'records', version: 1, records })
}
