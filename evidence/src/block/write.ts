import { canonicalBytes } from '@caizheng/records'
import { EVIDENCE_CHAINCODE, recordKey } from '../receipt/anchor.js'
import type { Claim } from '../receipt/claim.js'
import type { WriteExpectation } from './checks/transaction.js'

/** The transaction that wrote a record, as its receipt has it. */
export function writeOf({ channel, place, record }: Claim): WriteExpectation {
  return {
    channel,
    place,
    transaction: record.tx,
    namespace: EVIDENCE_CHAINCODE,
    key: recordKey(record.kind, record.id),
    value: canonicalBytes(record),
  }
}
