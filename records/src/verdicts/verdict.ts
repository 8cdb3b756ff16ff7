import * as z from 'zod/mini'
import { text } from '../schema/fields.js'

/** What a rule concluded. Only `HOLD` and `REJECT` stop anything. */
export const verdictOutcomes = ['PASS', 'FLAG', 'WARN', 'ALERT', 'HOLD', 'REJECT'] as const

/** One rule's conclusion about one record: what it asked for, what it found, and which text of law or design says so. */
export const Verdict = z.strictObject({
  /** The rule's id, such as `R23`. */
  rule: z.string().check(z.regex(/^R\d{2}$/)),
  outcome: z.enum(verdictOutcomes),
  /** What had to hold, with its numbers. */
  expected: text(500),
  /** What was found. */
  actual: text(500),
  /** The article, in the document's own numbering. */
  source: text(200),
})
export type Verdict = z.infer<typeof Verdict>
