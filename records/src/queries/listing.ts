import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { hexDigest, projectCode, text, timestamp, uscc } from '../schema/fields.js'
import { businessNumber, codeName } from '../schema/ids.js'
import { read } from '../schema/read.js'
import { recordKey } from './records.js'

/** Most records that one call looks at, and most states of one record that it gives. */
export const queryLimits = { scanned: 500, scannedAsOf: 100, states: 200 } as const

const Question = z.strictObject({
  /** A kind of record: `application`. */
  record: codeName,
  project: z.exactOptional(projectCode),
  contract: z.exactOptional(businessNumber),
  /** A credit code that stands anywhere in the record. */
  party: z.exactOptional(uscc),
  status: z.exactOptional(text(40)),
  /** Records as they were at this moment of theirs: of what was entered in a backfill, the moment in the past. */
  asOf: z.exactOptional(timestamp),
  /** From the page before; absent for the first. */
  bookmark: z.exactOptional(recordKey),
})

/** What `ListRecords` is asked. */
export type RecordQuestion = z.infer<typeof Question>

/** @throws {RecordError} */
export function parseRecordQuestion(value: unknown): RecordQuestion {
  return read(Question, value, 'a question about records')
}

const Page = z.strictObject({
  kind: z.literal('recordPage'),
  version: z.literal(1),
  rows: z.array(z.strictObject({ key: recordKey, record: z.unknown() })),
  bookmark: z.exactOptional(recordKey),
})

/** One page of records; a page can be empty and not the last. */
export type RecordPage = z.infer<typeof Page>

/** What `ListRecords` answers. @throws {RecordError} or {@link CanonicalError} */
export function parseRecordPage(bytes: string | Uint8Array): RecordPage {
  return read(Page, parseCanonical(bytes), 'a page of records')
}

const History = z.strictObject({
  kind: z.literal('history'),
  version: z.literal(1),
  key: recordKey,
  /** Newest first. */
  states: z.array(z.strictObject({ tx: hexDigest, time: timestamp, record: z.unknown() })),
  /** There are older ones. */
  more: z.boolean(),
})

/** The states of a record, each with its transaction and that one's time; a record that was deleted is null. */
export type RecordHistory = z.infer<typeof History>

/** What `GetHistory` answers. @throws {RecordError} or {@link CanonicalError} */
export function parseRecordHistory(bytes: string | Uint8Array): RecordHistory {
  return read(History, parseCanonical(bytes), 'the history of a record')
}
