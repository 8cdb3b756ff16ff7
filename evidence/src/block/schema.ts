import * as z from 'zod/mini'
import { base64UpTo } from '../format/primitives.js'

export const BLOCK_PROOF = 'fabric-block-v1'

/** Most bytes of a block in a proof: above the largest that a channel's usual configuration allows. */
export const MAX_BLOCK_BYTES = 16 * 1024 * 1024

/** A block proof as it stands among an evidence file's `cosignatures`. */
export const blockProofSchema = z.strictObject({
  type: z.literal(BLOCK_PROOF),
  /**
   * common.Block: header, all its transactions, and as only metadata the orderers' signatures, ascending by the orderers'
   * numbers. What else a peer keeps beside a block (its own verdicts among it) nobody signs.
   */
  block: base64UpTo(MAX_BLOCK_BYTES),
})

export type BlockProof = z.infer<typeof blockProofSchema>
