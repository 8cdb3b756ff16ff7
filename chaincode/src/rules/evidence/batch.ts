import { canonicalize, type BatchRecord, type BatchRequest, type Lane, type Submitter } from '@caizheng/records'
import type { Breach } from '../breach.js'

const SOURCE = '人民法院在线诉讼规则第16至18条; 电子签名法第5至8条'

/** What a transaction gives to the record of a batch besides the request. */
export interface BatchContext {
  readonly network: string
  readonly id: string
  readonly submitter: Submitter
  readonly time: string
  readonly tx: string
}

/** The record of a new batch: next in its lane, behind the head, or first. The request says neither. */
export function batchOf(request: BatchRequest, context: BatchContext, head: Lane | undefined): BatchRecord {
  return {
    kind: 'batch',
    version: 1,
    ...context,
    ...request,
    ...(head === undefined ? { sequence: 1 } : { sequence: head.sequence + 1, previous: head.digest }),
  }
}

/** The head of a lane after a batch. `digest`: SHA-256 of the batch's canonical record. */
export function laneAfter(batch: BatchRecord, id: string, digest: string): Lane {
  const { network, lane, submitter, sequence } = batch
  const { msp, id: submitterId } = submitter
  const owner = { msp, id: submitterId }
  return { kind: 'lane', version: 1, network, id, lane, submitter: owner, sequence, batch: batch.id, digest }
}

/**
 * R23, the same root again by the same submitter: the same tree changes nothing, in whichever lane it comes; a tree that
 * claims the root with another size, format or SM3 root is refused.
 */
export function judgeRepeatedBatch(existing: BatchRecord, request: BatchRequest): Breach[] {
  const fields = (['leafFormat', 'roots', 'size'] as const).filter(
    (field) => canonicalize(existing[field]) !== canonicalize(request[field]),
  )
  if (fields.length === 0) return []
  return [
    {
      code: 'BATCH_CONFLICT',
      details: { id: existing.id, fields },
      verdict: {
        rule: 'R23',
        outcome: 'REJECT',
        expected: 'the particulars of the existing batch',
        actual: `other values for ${fields.join(', ')}`,
        source: SOURCE,
      },
    },
  ]
}
