import * as z from 'zod/mini'
import { receiptSchema } from '../file/schema.js'

export const RECORDS_KIND = 'caizheng-records'
export const RECORDS_VERSION = 1

/** Schema of the records file, published as `schema/records-v1.schema.json`. */
export const recordsSchema = z.strictObject({
  kind: z.literal(RECORDS_KIND),
  version: z.literal(RECORDS_VERSION),
  /** A receipt of `GetRecords`: keys, versions and records stand in what the nodes signed. */
  receipt: receiptSchema,
})

/** What a records file holds. */
export type RecordsFile = z.infer<typeof recordsSchema>
