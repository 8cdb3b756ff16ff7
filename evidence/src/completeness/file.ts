import { canonicalBytes, type Voucher } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import type { EvidenceFile } from '../file/schema.js'
import { conform, decodeCanonical, expectKind } from '../format/canonical.js'
import { VOUCHERS_KIND, VOUCHERS_VERSION, vouchersSchema, type VouchersFile } from './schema.js'

/** Most bytes that are read as a vouchers file. */
export const MAX_VOUCHERS_BYTES = 128 * 1024 * 1024

/**
 * The bytes of a vouchers file.
 *
 * @param contents a receipt of `GetCompleteness`, and the contract's vouchers as stored, by number from 1
 * @throws EvidenceError SCHEMA if a part does not follow the schema, TOO_LARGE if the file could not be read again
 * @example
 * const bytes = encodeVouchers({ receipt, vouchers })
 */
export function encodeVouchers(contents: {
  readonly receipt: EvidenceFile['receipt']
  readonly vouchers: readonly Voucher[]
}): Uint8Array {
  const { receipt, vouchers } = contents
  const file = { kind: VOUCHERS_KIND, version: VOUCHERS_VERSION, receipt, vouchers }
  const bytes = canonicalBytes(conform(vouchersSchema, file))
  if (bytes.length > MAX_VOUCHERS_BYTES) throw new EvidenceError('TOO_LARGE', { limit: MAX_VOUCHERS_BYTES })
  return bytes
}

/**
 * Reads a vouchers file: canonical JSON of a known version that follows its schema. Nothing of it is verified here.
 *
 * @throws EvidenceError TOO_LARGE, NOT_JSON, NOT_CANONICAL, WRONG_KIND, UNKNOWN_VERSION or SCHEMA
 */
export function decodeVouchers(bytes: Uint8Array): VouchersFile {
  const value = decodeCanonical(bytes, MAX_VOUCHERS_BYTES)
  expectKind(value, VOUCHERS_KIND, VOUCHERS_VERSION)
  return conform(vouchersSchema, value)
}
