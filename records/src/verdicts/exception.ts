import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { recordType } from '../schema/record-type.js'
import { read } from '../schema/read.js'
import { basis } from './judged.js'
import { Verdict } from './verdict.js'

/**
 * Why something stands on the list of exceptions: an application was held; a special approval let one pass; a rule marked or
 * alerted; a project's past was let in; a balance from before the chain counts.
 */
export const exceptionTypes = ['HELD', 'SPECIAL_APPROVAL', 'FLAG', 'ALERT', 'BACKFILL', 'OPENING_BALANCE'] as const
export type ExceptionType = (typeof exceptionTypes)[number]

const ExceptionV1 = z.strictObject({
  kind: z.literal('exception'),
  version: z.literal(1),
  projectCode,
  type: z.enum(exceptionTypes),
  /** The transaction that put it there: `SubmitApplication`. */
  transaction: z.string().check(z.maxLength(40)),
  /** The key of the record that it is about: `application:A-APP-004`. */
  subject: z.string().check(z.maxLength(200)),
  /** The verdicts that did not pass. */
  verdicts: z.array(Verdict),
  /** Rules on trial: theirs hold nothing. */
  shadow: z.array(z.string()),
  /** What the marking rules saw; of an application it lies beside it, and long facts are left out. */
  basis: z.exactOptional(z.strictObject(basis)),
  /** The person, by key. */
  by: hexDigest,
  /** It was entered later than it happened. */
  backfilled: z.exactOptional(z.literal(true)),
  time: timestamp,
  tx: hexDigest,
})

/** An entry in the list of a project's exceptions, never taken out. Key: `exception:<projectCode>:<time>:<type>:<tx>`. */
export const exceptions = recordType('exception', 'an exception', ExceptionV1)
export type Exception = z.infer<typeof ExceptionV1>

/** Where an entry lies: what follows `exception:` in its key. */
export function exceptionId({
  projectCode: project,
  time,
  type,
  tx,
}: Pick<Exception, 'projectCode' | 'time' | 'type' | 'tx'>): string {
  return [project, time, type, tx].join(':')
}

const entry = z.strictObject({
  /** For `ExplainException`. */
  id: z.string(),
  exception: ExceptionV1,
  /** Of an application: its status now, so whether what was held has been approved since. */
  status: z.exactOptional(z.string()),
})
export type ExceptionEntry = z.infer<typeof entry>

const ExceptionPage = z.strictObject({
  exceptions: z.array(entry),
  /** For the next page; empty after the last. */
  bookmark: z.string(),
})
export type ExceptionPage = z.infer<typeof ExceptionPage>

/** Reads the answer of `ExplainContract:ListExceptions`. @throws {RecordError} or {@link CanonicalError} */
export function parseExceptionPage(bytes: string | Uint8Array): ExceptionPage {
  return read(ExceptionPage, parseCanonical(bytes), 'a page of exceptions')
}
