import { canonicalBytes } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import type { EvidenceFile } from '../file/schema.js'
import { conform, decodeCanonical, expectKind } from '../format/canonical.js'
import { RECORDS_KIND, RECORDS_VERSION, recordsSchema, type RecordsFile } from './schema.js'

/** Most bytes that are read as a records file. */
export const MAX_RECORDS_BYTES = 64 * 1024 * 1024

/** The bytes of a records file around a receipt of `GetRecords`. @throws EvidenceError SCHEMA or TOO_LARGE */
export function encodeRecords(receipt: EvidenceFile['receipt']): Uint8Array {
  const file = { kind: RECORDS_KIND, version: RECORDS_VERSION, receipt }
  const bytes = canonicalBytes(conform(recordsSchema, file))
  if (bytes.length > MAX_RECORDS_BYTES) throw new EvidenceError('TOO_LARGE', { limit: MAX_RECORDS_BYTES })
  return bytes
}

/**
 * Reads a records file: canonical JSON of a known version that follows its schema. Nothing of it is verified here.
 *
 * @throws EvidenceError TOO_LARGE, NOT_JSON, NOT_CANONICAL, WRONG_KIND, UNKNOWN_VERSION or SCHEMA
 */
export function decodeRecords(bytes: Uint8Array): RecordsFile {
  const value = decodeCanonical(bytes, MAX_RECORDS_BYTES)
  expectKind(value, RECORDS_KIND, RECORDS_VERSION)
  return conform(recordsSchema, value)
}
