import { canonicalBytes } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import { conform, decodeCanonical, expectKind } from '../format/canonical.js'
import { TIME_STAMP } from '../timestamp/schema.js'
import { EVIDENCE_KIND, EVIDENCE_VERSION, evidenceSchema, type EvidenceFile, type EvidenceSubject } from './schema.js'
import type { FabricReceipt } from './schema.js'

/** Most bytes that are read as an evidence file: room for a batch of some 65,000 documents in one file. */
export const MAX_EVIDENCE_BYTES = 64 * 1024 * 1024

/**
 * The bytes of an evidence file.
 *
 * @param contents the receipt; what it is about (a record of one document unless given); statements beside it
 * @throws EvidenceError SCHEMA if a part does not follow the schema, TOO_LARGE if the file could not be read again
 * @example
 * const bytes = encodeEvidence({ receipt: receiptFromPrepared(prepared) })
 */
export function encodeEvidence(contents: {
  readonly receipt: FabricReceipt
  readonly subject?: EvidenceSubject
  readonly cosignatures?: EvidenceFile['cosignatures']
}): Uint8Array {
  const { receipt, subject = { type: 'anchor' }, cosignatures = [] } = contents
  const file = { kind: EVIDENCE_KIND, version: EVIDENCE_VERSION, subject, receipt, cosignatures }
  const bytes = canonicalBytes(conform(evidenceSchema, file))
  if (bytes.length > MAX_EVIDENCE_BYTES) throw new EvidenceError('TOO_LARGE', { limit: MAX_EVIDENCE_BYTES })
  return bytes
}

/**
 * Reads an evidence file: canonical JSON of a known version that follows its schema. Nothing of it is verified here.
 *
 * @throws EvidenceError TOO_LARGE, NOT_JSON, NOT_CANONICAL, WRONG_KIND, UNKNOWN_VERSION or SCHEMA
 */
export function decodeEvidence(bytes: Uint8Array): EvidenceFile {
  const value = decodeCanonical(bytes, MAX_EVIDENCE_BYTES)
  expectKind(value, EVIDENCE_KIND, EVIDENCE_VERSION)
  return conform(evidenceSchema, value)
}

/**
 * The same file around another receipt of the same record: how a file that began with two signatures is completed once the
 * third organisation's node is back. Time-stamps over the receipt go with it: they are over the old one's signatures.
 *
 * @throws EvidenceError as `decodeEvidence` does
 */
export function replaceReceipt(evidence: Uint8Array, receipt: FabricReceipt): Uint8Array {
  const { subject, cosignatures } = decodeEvidence(evidence)
  const lasting = cosignatures.filter(({ type, over }) => type !== TIME_STAMP || over !== 'receipt')
  return encodeEvidence({ receipt, subject, cosignatures: lasting })
}
