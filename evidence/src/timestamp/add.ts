import { decodeEvidence, encodeEvidence } from '../file/file.js'
import type { FabricReceipt } from '../file/schema.js'
import { toBase64 } from '../format/base64.js'
import { conform } from '../format/canonical.js'
import { timeStampSchema, TIME_STAMP, type Stamped } from './schema.js'

/**
 * The same evidence file with a time-stamp.
 *
 * @param token TimeStampToken in DER, over `stampedBytes(file, over)`; whether it holds is for `verify`
 * @throws EvidenceError as `decodeEvidence`, or SCHEMA for a token of more than 48 kB
 */
export function addTimeStamp(evidence: Uint8Array, over: Stamped, token: Uint8Array): Uint8Array {
  const { receipt, subject, cosignatures } = decodeEvidence(evidence)
  const entry = conform(timeStampSchema, { type: TIME_STAMP, over, token: toBase64(token) })
  return encodeEvidence({ receipt: receipt as FabricReceipt, subject, cosignatures: [...cosignatures, entry] })
}
