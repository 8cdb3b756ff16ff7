import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { roleNames } from '../parties/roles.js'
import { applicationKinds, applicationStatuses } from '../payment/application.js'
import { ruleModes } from '../rules/rule-info.js'
import { fen } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { businessNumber, day } from '../schema/ids.js'
import { read } from '../schema/read.js'
import { verdictOutcomes } from '../verdicts/verdict.js'
import { figureUnits } from './figures.js'

const both = z.strictObject({ zh: z.string(), en: z.string() })

/** Somebody who must act. */
const acting = z.strictObject({
  role: z.enum(roleNames),
  /** 岗位名称 */
  zh: z.string(),
  /** The organisation, where it must be one party of the contract; otherwise whoever is registered in the role. */
  uscc: z.exactOptional(uscc),
  name: z.exactOptional(z.string()),
  /** Whose certificates may assert the role. */
  msps: z.array(z.string()),
})
export type ExplainedActing = z.infer<typeof acting>

/** One condition of a rule, as it was judged. */
const condition = z.strictObject({
  case: z.exactOptional(z.string()),
  outcome: z.enum(verdictOutcomes),
  /** What had to hold. */
  must: both,
  /** As the verdict has them: amounts in fen, rates in 1/10000. */
  expected: z.string(),
  actual: z.string(),
  unit: z.enum(figureUnits),
  /** The same for people: amounts in yuan, rates in percent. */
  expectedText: both,
  actualText: both,
  /** By how much a limit is passed. */
  excessFen: z.exactOptional(fen),
  /** Whether judging the kept facts again gives this very verdict. */
  replayed: z.boolean(),
  /** Where it does not hold: what to do, and who; the first is the one to turn to. */
  missing: z.exactOptional(z.strictObject({ ...both.shape, by: z.array(acting) })),
})
export type ExplainedCondition = z.infer<typeof condition>

/** One rule with everything that it found. */
const rule = z.strictObject({
  rule: z.string(),
  zh: z.string(),
  en: z.string(),
  /** OFF: it did not judge that day. SHADOW: its verdict holds nothing. */
  mode: z.enum(ruleModes),
  /** The gravest of its conditions'; `PASS` too where it had nothing to say. */
  outcome: z.enum(verdictOutcomes),
  formula: z.string(),
  formulaZh: z.string(),
  /** The article, in the document's own numbering. */
  source: z.string(),
  confidence: z.enum(['A', 'B', 'C']),
  conditions: z.array(condition),
})
export type ExplainedRule = z.infer<typeof rule>

/** A person, by the role and organisation registered for the key. */
const doer = z.strictObject({ key: hexDigest, role: z.enum(roleNames), uscc, name: z.exactOptional(z.string()) })

/** A moment in an application's life. */
const step = z.strictObject({
  step: z.enum(['SUBMITTED', ...applicationStatuses]),
  at: timestamp,
  /** Milliseconds since the step before; 0 of the first. */
  after: z.int(),
  by: z.exactOptional(doer),
})

const voucher = z.strictObject({
  voucherNo: businessNumber,
  lineNo: z.int(),
  amountFen: fen,
  status: z.string(),
  issuedAt: timestamp,
  /** The bank's receipt: its moment on the chain, and the day that the bank gives. */
  receiptAt: z.exactOptional(timestamp),
  receiptNo: z.exactOptional(businessNumber),
  paidOn: z.exactOptional(day),
  replacedBy: z.exactOptional(businessNumber),
})

const judgedSo = {
  /** The set of settings, 0 being the catalogue's, and the release under which it was judged and is replayed. */
  settings: z.strictObject({ number: z.int(), effectiveDate: day }),
  release: z.string(),
  /** The business day. */
  day,
  /** Whether judging the kept facts again, with the settings and rules of that day, gives the stored verdicts, all of them. */
  replayed: z.boolean(),
  rules: z.array(rule),
}

const Explanation = z.strictObject({
  kind: z.literal('explanation'),
  version: z.literal(1),
  applicationNo: businessNumber,
  projectCode,
  contractNo: businessNumber,
  applicationKind: z.enum(applicationKinds),
  /** Now; what it was judged as stands first among the steps after `SUBMITTED`. */
  status: z.enum(applicationStatuses),
  ...judgedSo,
  specialApproval: z.exactOptional(businessNumber),
  supersedes: z.exactOptional(businessNumber),
  /** The last day to pay by (R21). */
  dueOn: z.exactOptional(day),
  steps: z.array(step),
  vouchers: z.array(voucher),
})
export type Explanation = z.infer<typeof Explanation>

/** Reads the answer of `ExplainContract:Explain`. @throws {RecordError} or {@link CanonicalError} */
export function parseExplanation(bytes: string | Uint8Array): Explanation {
  return read(Explanation, parseCanonical(bytes), 'an explanation')
}

const ExceptionExplanation = z.strictObject({
  kind: z.literal('exceptionExplanation'),
  version: z.literal(1),
  /** The entry's place in the list. */
  id: z.string(),
  projectCode,
  transaction: z.string(),
  ...judgedSo,
})
/** Why something stands on the list of exceptions. */
export type ExceptionExplanation = z.infer<typeof ExceptionExplanation>

/** Reads the answer of `ExplainContract:ExplainException`. @throws {RecordError} or {@link CanonicalError} */
export function parseExceptionExplanation(bytes: string | Uint8Array): ExceptionExplanation {
  return read(ExceptionExplanation, parseCanonical(bytes), 'an explanation of an exception')
}
