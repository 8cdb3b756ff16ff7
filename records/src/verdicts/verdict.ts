import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { text } from '../schema/fields.js'
import { read } from '../schema/read.js'

/** What a rule concluded. Only `HOLD` and `REJECT` stop anything. */
export const verdictOutcomes = ['PASS', 'FLAG', 'WARN', 'ALERT', 'HOLD', 'REJECT'] as const

/** One rule's conclusion about one record: what it asked for, what it found, and which text of law or design says so. */
export const Verdict = z.strictObject({
  /** The rule's id, such as `R23`. */
  rule: z.string().check(z.regex(/^R\d{2}$/)),
  outcome: z.enum(verdictOutcomes),
  /** Which of the rule's conditions, where it has several: `PROGRESS_RATE`. Pages have a sentence for each. */
  case: z.exactOptional(z.string().check(z.regex(/^[A-Z][A-Z_]{1,39}$/))),
  /** What had to hold, with its numbers. */
  expected: text(500),
  /** What was found. */
  actual: text(500),
  /** The article, in the document's own numbering. */
  source: text(200),
})
export type Verdict = z.infer<typeof Verdict>

/** What a transaction under rules answers. */
export const RuledResult = z.strictObject({
  /**
   * `COMMITTED`; of a payment application `PAYABLE` or `HELD`; of what needs more organisations' consent `PROPOSED`: nothing of it
   * counts yet.
   */
  status: z.enum(['COMMITTED', 'PAYABLE', 'HELD', 'PROPOSED']),
  /** Every verdict, passed ones too. */
  verdicts: z.array(Verdict),
  /** Rules that are on trial: their verdicts are recorded and hold nothing. */
  shadow: z.array(z.string()),
  /** The record as written. */
  record: z.unknown(),
})
export type RuledResult = z.infer<typeof RuledResult>

/** Reads the answer of a transaction under rules. @throws {RecordError} or {@link CanonicalError} */
export function parseRuledResult(bytes: string | Uint8Array): RuledResult {
  return read(RuledResult, parseCanonical(bytes), 'the answer of a transaction')
}
