import * as z from 'zod/mini'
import { hexDigest, ordinal } from '../schema/fields.js'
import { read } from '../schema/read.js'

/** Most lanes, and most batches of all of them together, that one checkpoint joins: its transaction reads each batch's entry. */
export const checkpointLimits = { lanes: 64, batches: 512 } as const

const lanes = z
  .array(
    z.strictObject({
      /** The lane's id. */
      id: hexDigest,
      /** Number of the lane's last batch that this checkpoint joins. */
      through: ordinal,
    }),
  )
  .check(
    z.minLength(1),
    z.maxLength(checkpointLimits.lanes),
    z.refine((all) => all.every(({ id }, i) => i === 0 || id > (all[i - 1]?.id ?? '')), 'must ascend by lane id'),
  )

/** What `Checkpoint` takes. Naming the number makes it harmless to send it again. */
export const CheckpointRequest = z.strictObject({ number: ordinal, lanes })
export type CheckpointRequest = z.infer<typeof CheckpointRequest>

/** @throws {RecordError} with everything wrong in it. */
export function parseCheckpointRequest(value: unknown): CheckpointRequest {
  return read(CheckpointRequest, value, 'a checkpoint request')
}
