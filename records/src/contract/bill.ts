import * as z from 'zod/mini'
import { text, timestamp } from '../schema/fields.js'
import { count, fen, milli, signedMilli } from '../schema/amounts.js'
import { businessNumber, codeName, name } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'

/** 12 digits: class, chapter, section, item, and the list's own order (GB 50500, 附录). */
export const itemCode = z.string().check(z.regex(/^\d{12}$/, 'must be a 12-digit item code'))

const shape = {
  itemCode,
  name,
  unit: text(10),
  /** Thousandths of the unit. */
  qtyMilli: milli,
  unitPriceFen: fen,
  /** floor((qtyMilli · unitPriceFen + 500) / 1000), checked (R26). */
  amountFen: fen,
  /** The budget sub-item that it is mapped to. */
  subItem: codeName,
  /** What is weighed for it (R39). */
  material: z.exactOptional(z.strictObject({ name: codeName, kgPerUnit: count(1_000_000) })),
}

/** A line of a bill of quantities. */
export const billLine = z.strictObject(shape)
export type BillLine = z.infer<typeof billLine>

const BillItemV1 = z.strictObject({
  kind: z.literal('billItem'),
  version: z.literal(1),
  contractNo: businessNumber,
  ...shape,
  /** Approved changes of the quantity. */
  changedMilli: signedMilli,
  /** Measured so far, all periods. */
  measuredMilli: milli,
  time: timestamp,
})

/** A line with its running totals, in `payment`. Key: `billItem:<contractNo>:<itemCode>`. */
export const billItems = recordType('billItem', 'a bill item', BillItemV1)
export type BillItem = z.infer<typeof BillItemV1>

/** A line's amount: floor((quantity · price + 500) / 1000), in fen. R26. */
export function lineAmount(qtyMilli: bigint, unitPriceFen: bigint): bigint {
  return (qtyMilli * unitPriceFen + 500n) / 1000n
}
