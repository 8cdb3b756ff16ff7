/** A moment as records hold it: UTC with milliseconds, one spelling for one moment. */
export const TIMESTAMP_PATTERN = /^\d{4}-(0[1-9]|1[0-2])-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** A calendar day, meant in Asia/Shanghai, where business dates live. */
export const DATE_PATTERN = /^\d{4}-(0[1-9]|1[0-2])-\d{2}$/

const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** Whether a text is a timestamp that exists (no February 30th, no 25th hour). */
export function isTimestamp(text: string): boolean {
  if (!TIMESTAMP_PATTERN.test(text)) return false
  const moment = new Date(text)
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text
}

/** Whether a text is a calendar day that exists. */
export function isDate(text: string): boolean {
  return DATE_PATTERN.test(text) && isTimestamp(`${text}T00:00:00.000Z`)
}

/**
 * The first moment, in milliseconds since 1970 UTC, that a date (Asia/Shanghai, UTC+8 without summer time since 1992) or a
 * timestamp names.
 *
 * @throws {RangeError} for any other text.
 */
export function momentOf(text: string): number {
  if (isTimestamp(text)) return Date.parse(text)
  if (isDate(text)) return Date.parse(`${text}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS
  throw new RangeError(`${JSON.stringify(text)} is neither a date nor a UTC timestamp with milliseconds`)
}
