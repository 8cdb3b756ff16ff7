import { anchorKey, batchKey, checkpointKey } from '@caizheng/records'
import type { TrustFile } from '../trust/schema.js'
import { argumentsOf } from './checks/call.js'
import type { RecordKind } from './checks/response.js'
import type { ReceiptExpectation } from './expectation.js'
import type { OpenReceipt } from './open.js'

/** The chaincode that holds anchors, of documents and of batches. */
export const EVIDENCE_CHAINCODE = 'evidence'

/** The function that returns the stored bytes of a document's anchor and does nothing else. */
export const GET_ANCHOR = 'EvidenceContract:GetAnchor'

/** The function that returns the stored bytes of a batch's record and does nothing else. */
export const GET_BATCH = 'EvidenceContract:GetBatch'

/** The function that returns the stored bytes of a checkpoint and does nothing else. */
export const GET_CHECKPOINT = 'EvidenceContract:GetCheckpoint'

const ID = /^[0-9a-f]{64}$/
const NUMBER = /^[1-9][0-9]{0,15}$/

/** How each kind of record is asked for, and where it stands. */
const QUERIES = {
  anchor: { call: GET_ANCHOR, keyOf: anchorKey, form: ID },
  batch: { call: GET_BATCH, keyOf: batchKey, form: ID },
  checkpoint: { call: GET_CHECKPOINT, keyOf: (number: string) => checkpointKey(Number(number)), form: NUMBER },
} as const

/** The id, or number, that a receipt asked for, if the call has one. The signatures cover it, and the record must repeat it. */
export function askedId(receipt: OpenReceipt, kind: RecordKind): string | undefined {
  const id = argumentsOf(receipt)[1]
  return id !== undefined && QUERIES[kind].form.test(id) ? id : undefined
}

/** The key at which a record stands. */
export function recordKey(kind: RecordKind, id: string): string {
  return QUERIES[kind].keyOf(id)
}

/** What a receipt of a record must be an answer to. */
export function anchorExpectation(trust: TrustFile, kind: RecordKind, id: string): ReceiptExpectation {
  return {
    channel: trust.channel,
    definitions: trust.chaincodes.filter(({ name }) => name === EVIDENCE_CHAINCODE),
    call: [QUERIES[kind].call, id],
    keys: [recordKey(kind, id)],
  }
}
