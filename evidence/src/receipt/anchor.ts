import { anchorKey, batchKey } from '@caizheng/records'
import type { TrustFile } from '../trust/schema.js'
import { argumentsOf } from './checks/call.js'
import type { ReceiptExpectation } from './expectation.js'
import type { OpenReceipt } from './open.js'

/** The chaincode that holds anchors, of documents and of batches. */
export const EVIDENCE_CHAINCODE = 'evidence'

/** The function that returns the stored bytes of a document's anchor and does nothing else. */
export const GET_ANCHOR = 'EvidenceContract:GetAnchor'

/** The function that returns the stored bytes of a batch's record and does nothing else. */
export const GET_BATCH = 'EvidenceContract:GetBatch'

const ID = /^[0-9a-f]{64}$/

/** How each kind of record is asked for, and where it stands. */
const QUERIES = {
  anchor: { call: GET_ANCHOR, keyOf: anchorKey },
  batch: { call: GET_BATCH, keyOf: batchKey },
} as const

/** The id that a receipt asked for, if the call has one. The signatures cover it, and the record must repeat it. */
export function askedId(receipt: OpenReceipt): string | undefined {
  const id = argumentsOf(receipt)[1]
  return id !== undefined && ID.test(id) ? id : undefined
}

/** What a receipt of an anchor must be an answer to. */
export function anchorExpectation(trust: TrustFile, kind: keyof typeof QUERIES, id: string): ReceiptExpectation {
  const { call, keyOf } = QUERIES[kind]
  return {
    channel: trust.channel,
    definitions: trust.chaincodes.filter(({ name }) => name === EVIDENCE_CHAINCODE),
    call: [call, id],
    keys: [keyOf(id)],
  }
}
