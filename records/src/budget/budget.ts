import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { fen, signedFen } from '../schema/amounts.js'
import { codeName } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

const subItem = { subItem: codeName, parent: z.enum(['works', 'other', 'contingency']), amountFen: fen }

/** `SetBudgetSubItems` */
export const subItemsRequest = requestType('budget sub-items', {
  projectCode,
  approvedEstimateFen: fen,
  items: z.array(z.strictObject(subItem)).check(
    z.minLength(1),
    z.maxLength(200),
    z.refine(
      (items) => new Set(items.map((item) => item.subItem)).size === items.length,
      'must name each sub-item once',
    ),
  ),
})
export type SubItemsRequest = RequestOf<typeof subItemsRequest>

const BudgetV1 = z.strictObject({
  kind: z.literal('budget'),
  version: z.literal(1),
  projectCode,
  approvedEstimateFen: fen,
  /** 概算 by sub-item, with what contracts and changes have committed of each. */
  items: z.array(z.strictObject({ ...subItem, committedFen: signedFen })),
  /** Prices of registered contracts. */
  contractsFen: fen,
  /** Approved changes that the provisional sums do not pay. */
  changesFen: signedFen,
  otherCostsFen: fen,
  /** Quotas allocated. */
  quotasFen: fen,
  time: timestamp,
  tx: hexDigest,
})

/** A project's budget with its running totals (R01, R17), in `payment`. Key: `budget:<projectCode>`. */
export const budgets = recordType('budget', 'a budget', BudgetV1)
export type Budget = z.infer<typeof BudgetV1>
