import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, codeName, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'
import { invoiceNumber } from '../invoice/invoice.js'

const shape = {
  projectCode,
  costNo: businessNumber,
  /** `survey`, `design`, `supervision`, … */
  category: codeName,
  contractNo: businessNumber,
  payeeUscc: uscc,
  amountFen: fen,
  invoiceNo: z.exactOptional(invoiceNumber),
  funding: z
    .array(z.strictObject({ budgetQuotaNo: businessNumber, amountFen: fen }))
    .check(z.minLength(1), z.maxLength(10)),
  paidOn: day,
}

/** `RecordOtherCost` */
export const otherCostRequest = requestType('another cost', { ...shape, document: z.exactOptional(documentReference) })
export type OtherCostRequest = RequestOf<typeof otherCostRequest>

/** `ApproveOtherCost` */
export const otherCostApproval = requestType("another cost's approval", { projectCode, costNo: businessNumber })
export type OtherCostApproval = RequestOf<typeof otherCostApproval>

const OtherCostV1 = z.strictObject({
  kind: z.literal('otherCost'),
  version: z.literal(1),
  ...shape,
  status: z.enum(['RECORDED', 'APPROVED']),
  recordedBy: hexDigest,
  approvedBy: z.exactOptional(hexDigest),
  time: timestamp,
  tx: hexDigest,
})

/** 工程建设其他费: survey, design, supervision, management. Key: `otherCost:<projectCode>:<costNo>`. */
export const otherCosts = recordType('otherCost', 'another cost', OtherCostV1)
export type OtherCost = z.infer<typeof OtherCostV1>
