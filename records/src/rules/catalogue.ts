import { ceilings } from './ceilings.js'
import { deadlines } from './deadlines.js'
import { documents } from './documents.js'
import { lifecycle } from './lifecycle.js'
import { matching } from './matching.js'
import type { RuleInfo } from './rule-info.js'

const every = [...ceilings, ...matching, ...lifecycle, ...documents, ...deadlines]

/** The id of a rule. */
export type RuleId = (typeof every)[number]['id']

/** Every rule, in the order of its id. */
export const rules: readonly (RuleInfo & { readonly id: RuleId })[] = [...every].sort((one, other) =>
  one.id < other.id ? -1 : 1,
)

const byId = new Map<string, RuleInfo>(rules.map((rule) => [rule.id, rule]))

/** What is said of a rule. */
export function ruleInfo(id: RuleId): RuleInfo {
  const info = byId.get(id)
  if (info === undefined) throw new RangeError(`There is no rule ${id}`)
  return info
}

/** Whether a text is the id of a rule. */
export function isRuleId(text: string): text is RuleId {
  return byId.has(text)
}
