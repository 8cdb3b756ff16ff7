import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { isRuleId } from '../rules/catalogue.js'
import { Verdict } from '../verdicts/verdict.js'

/** `RunTick`: has rules of time judge a project on a day. Anyone registered may send it; again on the same day is no change. */
export const tickRequest = requestType('a tick', {
  projectCode,
  contractNo: z.exactOptional(businessNumber),
  /** The payment application that R21 asks about. */
  applicationNo: z.exactOptional(businessNumber),
  tick: z.enum(['tickHeartbeat', 'tickDeadlines']),
  tickDate: day,
  rules: z
    .array(z.string().check(z.refine(isRuleId, 'must be the id of a rule')))
    .check(z.minLength(1), z.maxLength(20)),
})
export type TickRequest = RequestOf<typeof tickRequest>

const AlertV1 = z.strictObject({
  kind: z.literal('alert'),
  version: z.literal(1),
  projectCode,
  /** What it is about: a contract, an application. */
  subject: businessNumber,
  tickDate: day,
  verdict: Verdict,
  time: timestamp,
  tx: hexDigest,
})

/** An alert of a rule of time. Key: `alert:<rule>:<subject>:<tickDate>`, so a repeated tick writes nothing new. */
export const alerts = recordType('alert', 'an alert', AlertV1)
export type Alert = z.infer<typeof AlertV1>
