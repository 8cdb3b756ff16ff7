import { isTimestamp } from '@caizheng/records'
import * as z from 'zod/mini'
import { BASE64_SHAPE, isBase64 } from './base64.js'

/** SHA-256, SM3 or an id made with them: 64 lower-case hexadecimal digits. */
export const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** Bytes as canonical base64, at most so many of them. */
export function base64UpTo(bytes: number) {
  const longest = Math.ceil(bytes / 3) * 4
  const schema = z.string().check(z.maxLength(longest), z.refine(isBase64, 'not canonical base64'))
  // For the published schema only: `isBase64` tells all that the pattern does.
  return schema.register(z.globalRegistry, { pattern: BASE64_SHAPE.source })
}

/** Bytes as canonical base64, at most 48 kB of them: far above any honest part of a receipt. */
export const base64 = base64UpTo(49_152)

/** A moment as RFC 3339 in UTC with milliseconds: one moment, one text. */
export const instant = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), z.refine(isTimestamp, 'no such moment'))

/** A name that shows as it is written: of a chaincode, a lane. */
export const label = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/))

/** An organisation's MSP id. */
export const mspId = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9.-]{0,63}$/))

/** A text for people, in one line. */
export function text(longest: number) {
  return z.string().check(z.minLength(1), z.maxLength(longest), z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u))
}

export function wholeNumber(least: number, most: number) {
  return z.int().check(z.minimum(least), z.maximum(most))
}

/** A whole number that JSON and JavaScript both hold exactly. */
export const count = wholeNumber(0, Number.MAX_SAFE_INTEGER)

export function list<T extends z.ZodMiniType>(item: T, least: number, most: number) {
  return z.array(item).check(z.minLength(least), z.maxLength(most))
}
