import * as z from 'zod/mini'
import { businessNumber, day } from '../schema/ids.js'
import { hexDigest, timestamp } from '../schema/fields.js'
import { recordType } from '../schema/record-type.js'

/** One rule as it was asked: its name among the release's rules, and the facts that it saw. */
const judged = z.strictObject({
  /** `R03Application`: a rule may ask different things at different steps. */
  rule: z.string().check(z.regex(/^R\d{2}[A-Za-z]*$/)),
  /** As canonical values; a whole number beyond 2^53 is `{"$int": "…"}`. */
  facts: z.unknown(),
})
export type Judged = z.infer<typeof judged>

/** By what something was judged: enough to come to the same verdicts again, whatever was written since. */
export const basis = {
  /** The business day, in Asia/Shanghai. */
  day,
  /** The set of settings of that day; 0: the catalogue's. */
  settings: z.int(),
  /** The release of the rules. */
  release: z.string().check(z.maxLength(20)),
  /** In the order of judging; also rules that were off. */
  judged: z.array(judged),
}

export interface Basis {
  readonly day: string
  readonly settings: number
  readonly release: string
  readonly judged: Judged[]
}

const JudgementV1 = z.strictObject({
  kind: z.literal('judgement'),
  version: z.literal(1),
  applicationNo: businessNumber,
  ...basis,
  time: timestamp,
  tx: hexDigest,
})

/**
 * The facts that a payment application was judged by, beside it and never changed: so `Explain` replays its verdicts. Key:
 * `judgement:<applicationNo>`.
 */
export const judgements = recordType('judgement', 'what an application was judged by', JudgementV1)
export type JudgementRecord = z.infer<typeof JudgementV1>
