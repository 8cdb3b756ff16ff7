import { canonicalBytes } from '@caizheng/records'
import { sha256, toHex } from '@caizheng/fabric-wire'
import * as z from 'zod/mini'
import { conform, expectKind } from '../format/canonical.js'
import { hash, instant, label, mspId, wholeNumber } from '../format/primitives.js'
import { LEAF_FORMAT } from '../leaf/leaf.js'
import { MAX_TREE_SIZE } from '../merkle/index.js'

export const BATCH_KIND = 'batch'
export const BATCH_VERSION = 1

const submitter = z.strictObject({ msp: mspId, id: hash, key: hash })

/** Schema of the record that anchors a tree. */
export const batchSchema = z.strictObject({
  kind: z.literal(BATCH_KIND),
  version: z.literal(BATCH_VERSION),
  /** SHA-256 of the header of the channel's genesis block. */
  network: hash,
  /** `batchId` of network, submitter and root. */
  id: hash,
  leafFormat: z.literal(LEAF_FORMAT),
  /** Number of leaves. */
  size: wholeNumber(1, MAX_TREE_SIZE),
  /** Roots of the two trees over the same leaf bytes. */
  roots: z.strictObject({ sha256: hash, sm3: hash }),
  submitter,
  /** Time of the transaction, RFC 3339 in UTC with milliseconds. */
  time: instant,
  /** Id of the transaction. */
  tx: hash,
  /** Batches of one lane follow each other; lanes fly side by side. */
  lane: label,
  /** Number of the batch in its lane, from 1. */
  sequence: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  /** SHA-256 of the canonical record before it in the lane; absent for the first. */
  previous: z.exactOptional(hash),
})

/** The record on the chain that anchors a batch of documents. */
export type BatchRecord = z.infer<typeof batchSchema>

/** What a batch's id is made of. */
export interface BatchIdentity {
  readonly network: string
  readonly submitter: { readonly msp: string; readonly id: string }
  readonly roots: { readonly sha256: string }
}

/**
 * The id of a batch: SHA-256 in hexadecimal over canonical JSON of network, submitter and root. So each submitter has places
 * of its own and nobody can squat another's.
 */
export function batchId({ network, submitter: { msp, id }, roots }: BatchIdentity): string {
  return toHex(
    sha256(canonicalBytes({ label: 'caizheng-batch-id-v1', network, root: roots.sha256, submitter: { msp, id } })),
  )
}

/**
 * Checks that a value is a batch record, with a predecessor exactly if it is not the first of its lane.
 *
 * @throws EvidenceError WRONG_KIND, UNKNOWN_VERSION or SCHEMA
 */
export function checkBatchRecord(value: unknown): BatchRecord {
  expectKind(value, BATCH_KIND, BATCH_VERSION)
  const record = conform(batchSchema, value)
  conform(
    z.literal(record.sequence > 1, 'previous must stand exactly in all but the first of a lane'),
    record.previous !== undefined,
  )
  return record
}
