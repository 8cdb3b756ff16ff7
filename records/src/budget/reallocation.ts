import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, codeName, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'

const move = z.strictObject({ fromSubItem: codeName, toSubItem: codeName, amountFen: fen })
const moves = z.array(move).check(z.minLength(1), z.maxLength(50))

/** `ReallocateBudget` */
export const reallocationRequest = requestType('a reallocation', {
  projectCode,
  reallocationNo: businessNumber,
  moves,
  reason: remark,
  document: z.exactOptional(documentReference),
})
export type ReallocationRequest = RequestOf<typeof reallocationRequest>

/** `ApproveReallocation` */
export const reallocationApproval = requestType("a reallocation's approval", {
  projectCode,
  reallocationNo: businessNumber,
})
export type ReallocationApproval = RequestOf<typeof reallocationApproval>

const ReallocationV1 = z.strictObject({
  kind: z.literal('reallocation'),
  version: z.literal(1),
  projectCode,
  reallocationNo: businessNumber,
  moves,
  reason: remark,
  status: z.enum(['PROPOSED', 'APPROVED']),
  proposedBy: hexDigest,
  approvedBy: z.exactOptional(hexDigest),
  time: timestamp,
  tx: hexDigest,
})

/** 子项调剂: takes effect with finance's approval (R17). Key: `reallocation:<projectCode>:<reallocationNo>`. */
export const reallocations = recordType('reallocation', 'a reallocation', ReallocationV1)
export type Reallocation = z.infer<typeof ReallocationV1>
