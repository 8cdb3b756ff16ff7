import * as z from 'zod/mini'
import { hexDigest, text, timestamp } from '../schema/fields.js'
import { signedFen, signedMilli, fen } from '../schema/amounts.js'
import { businessNumber, codeName, name, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'
import { signature } from '../parties/signature.js'
import { itemCode } from './bill.js'

const changeItem = z.strictObject({
  itemCode,
  name,
  unit: text(10),
  /** More, or with a sign less. */
  qtyMilli: signedMilli,
  unitPriceFen: fen,
  amountFen: signedFen,
  subItem: codeName,
})

const shape = {
  contractNo: businessNumber,
  changeNo: businessNumber,
  reason: remark,
  /** From the provisional sum, or from the budget. */
  fundedBy: z.enum(['PROVISIONAL', 'NEW_BUDGET']),
  /** Change of site or scope: the original approver decides too (R36). */
  siteOrScopeChange: z.boolean(),
  items: z.array(changeItem).check(z.minLength(1), z.maxLength(500)),
  amountFen: signedFen,
}

/** `ProposeChangeOrder` */
export const changeOrderRequest = requestType('a change order', { ...shape, document: documentReference })
export type ChangeOrderRequest = RequestOf<typeof changeOrderRequest>

/** `SignChangeOrder`, `ApproveChangeOrder`, `WithdrawChangeOrder` */
export const changeOrderStep = requestType('a step of a change order', {
  contractNo: businessNumber,
  changeNo: businessNumber,
})
export type ChangeOrderStep = RequestOf<typeof changeOrderStep>

const ChangeOrderV1 = z.strictObject({
  kind: z.literal('changeOrder'),
  version: z.literal(1),
  ...shape,
  status: z.enum(['PROPOSED', 'APPROVED', 'WITHDRAWN']),
  proposedBy: hexDigest,
  signatures: z.array(signature),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** 工程变更. Key: `changeOrder:<contractNo>:<changeNo>`. */
export const changeOrders = recordType('changeOrder', 'a change order', ChangeOrderV1)
export type ChangeOrder = z.infer<typeof ChangeOrderV1>
