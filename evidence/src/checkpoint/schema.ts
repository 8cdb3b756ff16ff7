import { checkpointLimits } from '@caizheng/records'
import * as z from 'zod/mini'
import { batchSchema } from '../batch/record.js'
import { receiptSchema } from '../file/schema.js'
import { hash, list, wholeNumber } from '../format/primitives.js'
import { MAX_TREE_SIZE } from '../merkle/index.js'

export const CHECKPOINT_KIND = 'caizheng-checkpoint'
export const CHECKPOINT_VERSION = 1

/** Most hashes of one proof in a tree of at most {@link MAX_TREE_SIZE} leaves, for a path and for a consistency proof. */
const LONGEST = 64
const nodes = z.strictObject({ sha256: list(hash, 0, LONGEST), sm3: list(hash, 0, LONGEST) })

/** That the log of `size` batches is the beginning of this checkpoint's (RFC 9162 section 2.1.4.1). */
const consistency = z.strictObject({ size: wholeNumber(1, MAX_TREE_SIZE), nodes })

/** That a batch is number `index` of the log, from 0 (RFC 9162 section 2.1.3.1). */
const member = z.strictObject({ index: wholeNumber(0, MAX_TREE_SIZE - 1), record: batchSchema, path: nodes })

/** Schema of the checkpoint file, published as `schema/checkpoint-v1.schema.json`. */
export const checkpointSchema = z.strictObject({
  kind: z.literal(CHECKPOINT_KIND),
  version: z.literal(CHECKPOINT_VERSION),
  /** A receipt of the checkpoint's record. */
  receipt: receiptSchema,
  /** From earlier checkpoints on, ascending by size. */
  consistency: list(consistency, 0, 1_024),
  /** Ascending by index. */
  members: list(member, 0, 8 * checkpointLimits.batches),
})

/** What a checkpoint file holds. */
export type CheckpointFile = z.infer<typeof checkpointSchema>
export type LogConsistency = z.infer<typeof consistency>
export type LogMember = z.infer<typeof member>
