import { anchorKey } from '@caizheng/records'
import type { TrustFile } from '../trust/schema.js'
import { argumentsOf } from './checks/call.js'
import type { ReceiptExpectation } from './expectation.js'
import type { OpenReceipt } from './open.js'

/** The chaincode that holds anchors, of documents and of batches. */
export const EVIDENCE_CHAINCODE = 'evidence'

/** The function that returns a record's stored bytes and does nothing else. */
export const GET_ANCHOR = 'EvidenceContract:GetAnchor'

const ID = /^[0-9a-f]{64}$/

/** The id that a receipt asked for, if the call has one. The signatures cover it, and the record must repeat it. */
export function askedId(receipt: OpenReceipt): string | undefined {
  const id = argumentsOf(receipt)[1]
  return id !== undefined && ID.test(id) ? id : undefined
}

/** What a receipt of an anchor must be an answer to. */
export function anchorExpectation(trust: TrustFile, id: string): ReceiptExpectation {
  return {
    channel: trust.channel,
    definitions: trust.chaincodes.filter(({ name }) => name === EVIDENCE_CHAINCODE),
    call: [GET_ANCHOR, id],
    keys: [anchorKey(id)],
  }
}
