import * as z from 'zod/mini'
import { hexDigest, projectCode, text, timestamp } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'

const classCode = z.string().check(z.regex(/^\d{3,10}$/, 'must be the digits of a class'))

const shape = {
  projectCode,
  budgetQuotaNo: businessNumber,
  /** 资金来源 */
  fundSource: text(100),
  year: z.int().check(z.minimum(2000), z.maximum(2200)),
  amountFen: fen,
  /** 功能分类, 经济分类 */
  functionClass: classCode,
  economyClass: classCode,
}

/** `AllocateQuota` */
export const quotaRequest = requestType('a quota', { ...shape, document: z.exactOptional(documentReference) })
export type QuotaRequest = RequestOf<typeof quotaRequest>

/** `AdjustQuota` */
export const quotaAdjustment = requestType("a quota's adjustment", {
  projectCode,
  budgetQuotaNo: businessNumber,
  newAmountFen: fen,
  reason: remark,
})
export type QuotaAdjustment = RequestOf<typeof quotaAdjustment>

const QuotaV1 = z.strictObject({
  kind: z.literal('quota'),
  version: z.literal(1),
  ...shape,
  /** Of applications that are PAYABLE, approved or paid, of other costs, and returned. */
  usedFen: fen,
  time: timestamp,
  tx: hexDigest,
})

/** 预算指标: money of one source and year (R45). Key: `quota:<budgetQuotaNo>`. */
export const quotas = recordType('quota', 'a quota', QuotaV1)
export type Quota = z.infer<typeof QuotaV1>
