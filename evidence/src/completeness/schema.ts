import { vouchers, type Voucher } from '@caizheng/records'
import * as z from 'zod/mini'
import { receiptSchema } from '../file/schema.js'
import { list } from '../format/primitives.js'

export const VOUCHERS_KIND = 'caizheng-vouchers'
export const VOUCHERS_VERSION = 1

/** Most vouchers of one file. */
const MOST = 100_000

/** A voucher for the published schema; the rules are those of the records. */
export const voucherSchema = z.custom<Voucher>((value) => {
  try {
    vouchers.parse(value)
    return true
  } catch {
    return false
  }
}, 'not a voucher')

/** Schema of the vouchers file, published as `schema/vouchers-v1.schema.json`. */
export const vouchersSchema = z.strictObject({
  kind: z.literal(VOUCHERS_KIND),
  version: z.literal(VOUCHERS_VERSION),
  /** A receipt of `GetCompleteness`: number, head and sums of the contract's vouchers, and its settlement. */
  receipt: receiptSchema,
  /** As stored, by number from 1. */
  vouchers: list(voucherSchema, 0, MOST),
})

/** What a vouchers file holds. */
export type VouchersFile = z.infer<typeof vouchersSchema>
