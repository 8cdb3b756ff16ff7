import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** `OpenBackfill` */
export const backfillRequest = requestType('the opening of a backfill', {
  projectCode,
  reason: remark,
  /** Until when, by the nodes' clocks, it takes past events; 90 days at most. */
  until: timestamp,
})
export type BackfillRequest = RequestOf<typeof backfillRequest>

const BackfillV1 = z.strictObject({
  kind: z.literal('backfill'),
  version: z.literal(1),
  projectCode,
  reason: remark,
  until: timestamp,
  openedBy: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** What lets a project's past in, opened by all three node organisations; it stays in the state. Key: `backfill:<projectCode>`. */
export const backfills = recordType('backfill', 'a backfill', BackfillV1)
export type Backfill = z.infer<typeof BackfillV1>
