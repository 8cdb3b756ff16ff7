import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { basisPoints, fen } from '../schema/amounts.js'
import { businessNumber } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'

const shape = {
  projectCode,
  reviewNo: businessNumber,
  /** 送审价 */
  submittedFen: fen,
  /** 审定价 */
  approvedFen: fen,
  /** 核减额 and 核减率, checked (R29). */
  reductionFen: fen,
  reductionRateBp: basisPoints,
}

/** `RecordBudgetReview` */
export const reviewRequest = requestType('an investment review', { ...shape, document: documentReference })
export type ReviewRequest = RequestOf<typeof reviewRequest>

const ReviewV1 = z.strictObject({
  kind: z.literal('review'),
  version: z.literal(1),
  ...shape,
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** 财政投资评审. Key: `review:<projectCode>:<reviewNo>`. */
export const reviews = recordType('review', 'an investment review', ReviewV1)
export type Review = z.infer<typeof ReviewV1>
