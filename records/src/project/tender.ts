import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from './document.js'

export const tenderCategories = ['WORKS', 'GOODS', 'SERVICES'] as const

const notice = {
  projectCode,
  tenderNo: businessNumber,
  method: z.enum(['open', 'invited', 'negotiated', 'single']),
  category: z.enum(tenderCategories),
  /** 最高投标限价 */
  tenderCeilingFen: fen,
  noticeDate: day,
  bidDeadline: day,
}

/** `RecordTenderNotice` */
export const tenderNoticeRequest = requestType('a tender notice', {
  ...notice,
  document: z.exactOptional(documentReference),
})
export type TenderNoticeRequest = RequestOf<typeof tenderNoticeRequest>

const bid = z.strictObject({ bidder: businessNumber, amountFen: fen })

const award = {
  bids: z.array(bid).check(z.minLength(1), z.maxLength(200)),
  candidateNoticeStart: day,
  candidateNoticeEnd: day,
  awardDate: day,
  winner: businessNumber,
  winnerUscc: uscc,
  winningPriceFen: fen,
}

/** `RecordAward` */
export const awardRequest = requestType('an award', {
  projectCode,
  tenderNo: businessNumber,
  ...award,
  document: z.exactOptional(documentReference),
})
export type AwardRequest = RequestOf<typeof awardRequest>

const TenderV1 = z.strictObject({
  kind: z.literal('tender'),
  version: z.literal(1),
  ...notice,
  award: z.exactOptional(z.strictObject(award)),
  time: timestamp,
  tx: hexDigest,
})

/** A tender, with its award once there is one. Key: `tender:<projectCode>:<tenderNo>`. */
export const tenders = recordType('tender', 'a tender', TenderV1)
export type Tender = z.infer<typeof TenderV1>
