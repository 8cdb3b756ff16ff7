import * as z from 'zod/mini'
import { laneName, treeRoots, treeSize } from '../schema/fields.js'
import { read } from '../schema/read.js'

/** Format label of a batch's leaves; a new form of leaf gets a new one. */
export const LEAF_FORMAT = 'caizheng-leaf-v1'

/** What `AnchorBatch` takes, and the part of the record that it fills. */
export const batchRequestShape = {
  leafFormat: z.literal(LEAF_FORMAT),
  /** Number of leaves. */
  size: treeSize,
  /** Roots of the two trees over the same leaf bytes. */
  roots: treeRoots,
  /** Batches of one lane follow each other; lanes of one submitter fly side by side. */
  lane: laneName,
}

export const BatchRequest = z.strictObject(batchRequestShape)
export type BatchRequest = z.infer<typeof BatchRequest>

/**
 * Checks a request before it is sent, and again in the chaincode. Send it as `canonicalize(request)`.
 *
 * @throws {RecordError} with everything wrong in it.
 * @example
 * ```ts
 * parseBatchRequest({ leafFormat: LEAF_FORMAT, size: batch.size, roots: batch.roots, lane: 'gateway-1' })
 * ```
 */
export function parseBatchRequest(value: unknown): BatchRequest {
  return read(BatchRequest, value, 'a batch request')
}
