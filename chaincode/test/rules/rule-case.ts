import { settingOf, type CanonicalValue, type RuleId } from '@caizheng/records'
import { decodeFacts, encodeFacts } from '../../src/business/facts.js'
import type { Finding, Rule } from '../../src/rules/rule.js'

/** One row of a rule's table: what it is about, and what it must give. */
export interface RuleCase {
  readonly rule: RuleId
  readonly title: string
  /** What is broken: `PRICE HOLD`, or `HOLD` of a rule with one condition. Nothing: the rule passes. */
  readonly gives: readonly string[]
  judge(): readonly string[]
  /** What the rule finds; not of one that the form decides. */
  readonly findings?: () => readonly Finding[]
  /** What it finds of facts that were kept and read again. */
  readonly replayed?: () => readonly Finding[]
}

/** A title, what differs from the facts that pass, and what is broken then. */
export type Row<Facts> = readonly [title: string, change: Partial<Facts>, ...gives: string[]]

/** Makes a rule's table of facts that pass and of what differs from them. */
export function casesOf<Facts extends object>(
  rule: Rule<Facts>,
  passing: Facts,
  rows: readonly Row<Facts>[],
  values: Readonly<Record<string, CanonicalValue>> = {},
): RuleCase[] {
  return rows.map(([title, change, ...gives]) => {
    const setting = (name: string) => settingOf({ values: values as never }, rule.id, name)
    const facts = { ...passing, ...change }
    const findings = () => rule.judge(facts, setting)
    return {
      rule: rule.id,
      title,
      gives,
      findings,
      replayed: () => rule.judge(decodeFacts(encodeFacts(facts)) as Facts, setting),
      judge: () =>
        findings()
          .filter(({ outcome }) => outcome !== 'PASS')
          .map((finding) => (finding.case === undefined ? finding.outcome : `${finding.case} ${finding.outcome}`)),
    }
  })
}

/** A row of a rule that the form of a request, or of a document, decides. */
export function formCase(rule: RuleId, title: string, read: () => unknown, ...gives: string[]): RuleCase {
  return {
    rule,
    title,
    gives,
    judge: () => {
      try {
        read()
        return []
      } catch (error) {
        const named = [...(error as Error).message.matchAll(/\((R\d\d)\)/g)].map(([, id]) => id)
        return named.includes(rule) ? ['REJECT'] : [`not by ${rule}: ${(error as Error).message}`]
      }
    },
  }
}
