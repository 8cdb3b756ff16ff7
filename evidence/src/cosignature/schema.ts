import * as z from 'zod/mini'
import { base64 } from '../format/primitives.js'

export const SM2_COSIGNATURE = 'sm2-cosignature-v1'

/** A co-signature as it stands among an evidence file's `cosignatures`. */
export const sm2CosignatureSchema = z.strictObject({
  type: z.literal(SM2_COSIGNATURE),
  /** The SM2 key, SubjectPublicKeyInfo in DER. */
  key: base64,
  /** SM2 over SM3 of `cosignatureBytes`, with the user id 1234567812345678; strict DER. */
  signature: base64,
})

export type Sm2Cosignature = z.infer<typeof sm2CosignatureSchema>
