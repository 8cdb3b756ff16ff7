import * as r01Ceiling from './r01-ceiling.js'
import * as r02PaymentCeiling from './r02-payment-ceiling.js'
import * as r03ProgressRate from './r03-progress-rate.js'
import * as r04Advance from './r04-advance.js'
import * as r05Recovery from './r05-recovery.js'
import * as r06Retention from './r06-retention.js'
import * as r07ChiefSignature from './r07-chief-signature.js'
import * as r08Measure from './r08-measure.js'
import * as r08ThreeWay from './r08-three-way.js'
import * as r09InvoiceOwner from './r09-invoice-owner.js'
import * as r10InvoiceArithmetic from './r10-invoice-arithmetic.js'
import * as r11TaxAttestation from './r11-tax-attestation.js'
import * as r12BillQuantities from './r12-bill-quantities.js'
import * as r14Gates from './r14-gates.js'
import * as r15EstimateOverrun from './r15-estimate-overrun.js'
import * as r16EstimateIncrease from './r16-estimate-increase.js'
import * as r17Reallocation from './r17-reallocation.js'
import * as r18Duties from './r18-duties.js'
import * as r19Account from './r19-account.js'
import * as r20Wages from './r20-wages.js'
import * as r21Deadline from './r21-deadline.js'
import * as r24Reuse from './r24-reuse.js'
import * as r25DocumentNumber from './r25-document-number.js'
import * as r26Bill from './r26-bill.js'
import * as r29Review from './r29-review.js'
import * as r29Settlement from './r29-settlement.js'
import * as r30FinalAccount from './r30-final-account.js'
import * as r31Balance from './r31-balance.js'
import * as r32RetentionRelease from './r32-retention-release.js'
import * as r33Tender from './r33-tender.js'
import * as r35Deposits from './r35-deposits.js'
import * as r36ChangeLevels from './r36-change-levels.js'
import * as r37Stall from './r37-stall.js'
import * as r38Evidence from './r38-evidence.js'
import * as r39Weights from './r39-weights.js'
import * as r41Acceptance from './r41-acceptance.js'
import * as r42Disclosure from './r42-disclosure.js'
import * as r44AuditClause from './r44-audit-clause.js'
import * as r45Quota from './r45-quota.js'
import * as r46SpecialApproval from './r46-special-approval.js'
import * as r47OpeningBalance from './r47-opening-balance.js'
import { RULES_RELEASE } from './release.js'
import type { Rule } from './rule.js'

const modules: readonly object[] = [
  r01Ceiling,
  r02PaymentCeiling,
  r03ProgressRate,
  r04Advance,
  r05Recovery,
  r06Retention,
  r07ChiefSignature,
  r08Measure,
  r08ThreeWay,
  r09InvoiceOwner,
  r10InvoiceArithmetic,
  r11TaxAttestation,
  r12BillQuantities,
  r14Gates,
  r15EstimateOverrun,
  r16EstimateIncrease,
  r17Reallocation,
  r18Duties,
  r19Account,
  r20Wages,
  r21Deadline,
  r24Reuse,
  r25DocumentNumber,
  r26Bill,
  r29Review,
  r29Settlement,
  r30FinalAccount,
  r31Balance,
  r32RetentionRelease,
  r33Tender,
  r35Deposits,
  r36ChangeLevels,
  r37Stall,
  r38Evidence,
  r39Weights,
  r41Acceptance,
  r42Disclosure,
  r44AuditClause,
  r45Quota,
  r46SpecialApproval,
  r47OpeningBalance,
]

/** The rules of this release by the names under which they are exported: `R03Application`. */
const current = new Map<string, Rule<never>>(
  modules.flatMap((module) =>
    Object.entries(module).filter((entry): entry is [string, Rule<never>] => isRule(entry[1])),
  ),
)

/**
 * The rules of each release under which anything was ever judged. A rule that comes to judge otherwise gets a new release; what
 * it was stays here under the old one, or nobody could replay what it said.
 */
const releases: Readonly<Record<string, ReadonlyMap<string, Rule<never>>>> = { [RULES_RELEASE]: current }

/** A rule of a release by its name; `undefined` where there is none. */
export function ruleOf(release: string, name: string): Rule<never> | undefined {
  return Object.hasOwn(releases, release) ? releases[release]?.get(name) : undefined
}

const names = new Map([...current].map(([name, rule]) => [rule as Rule<unknown>, name]))

/** A rule's name in this release; `undefined` of one that is none of its rules. */
export function nameOf(rule: Rule<never>): string | undefined {
  return names.get(rule)
}

function isRule(value: unknown): value is Rule<never> {
  return typeof value === 'object' && value !== null && 'id' in value && 'judge' in value
}
