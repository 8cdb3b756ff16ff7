import * as z from 'zod/mini'
import { base64 } from '../format/primitives.js'

export const TIME_STAMP = 'rfc3161-v1'

/** A time-stamp as it stands among an evidence file's `cosignatures`. */
export const timeStampSchema = z.strictObject({
  type: z.literal(TIME_STAMP),
  /**
   * What the token is over: `receipt`, the canonical bytes of the file's `receipt`, signatures included; or `record`, the
   * record's bytes as they stand on the chain.
   */
  over: z.enum(['receipt', 'record']),
  /** TimeStampToken (RFC 3161) with its certificates, DER; the imprint by SHA-256. */
  token: base64,
})

export type TimeStampEntry = z.infer<typeof timeStampSchema>
/** What a time-stamp is over. */
export type Stamped = TimeStampEntry['over']
