import type { CanonicalValue, RuleId, Verdict } from '@caizheng/records'

/** What a rule found about one of its conditions; the catalogue adds the rule's source to it. */
export type Finding = Pick<Verdict, 'outcome' | 'expected' | 'actual'> & { readonly case?: string }

/** A parameter of the rule as set, by its name in the catalogue. */
export type Setting = (name: string) => CanonicalValue

/** A rule: a pure function of facts and parameters. No state, no clock. */
export interface Rule<Facts> {
  readonly id: RuleId
  /** Nothing found: the rule has nothing to say about these facts. */
  judge(facts: Facts, setting: Setting): readonly Finding[]
}

/** Declares a rule. */
export function rule<Facts>(id: RuleId, judge: (facts: Facts, setting: Setting) => readonly Finding[]): Rule<Facts> {
  return { id, judge }
}

/** One condition of a rule: `PASS` where it holds, the given outcome where not. */
export function check(
  holds: boolean,
  outcome: Exclude<Finding['outcome'], 'PASS'>,
  what: { readonly case?: string; readonly expected: string; readonly actual: string },
): Finding {
  return { outcome: holds ? 'PASS' : outcome, ...what }
}
