import * as z from 'zod/mini'
import { isDate } from '../codes/time.js'
import { text } from './fields.js'

/**
 * A number that a department gives: of a contract, an application, a change. Letters of any script, digits and the marks that
 * such numbers have; no colon, which separates the parts of state keys.
 */
export const businessNumber = text(64).check(
  z.regex(/^[\p{L}\p{N}][\p{L}\p{N}._/()〔〕（）[\]#-]*$/u, 'must be letters, digits and . _ / - ( ) 〔 〕 # only'),
)

/** A short code that programs compare: `pavement`, `WORKS`. */
export const codeName = z.string().check(z.maxLength(40), z.regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must be a short code'))

/** A calendar day in Asia/Shanghai. */
export const day = z.string().check(z.refine(isDate, 'must be a day such as 2026-11-23'))

/** A name for people. */
export const name = text(100)

/** A reason or a remark. */
export const remark = text(500)
