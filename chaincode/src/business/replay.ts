import type { Basis, SettingsRecord, Verdict } from '@caizheng/records'
import { ruleOf } from '../rules/rule-set.js'
import { decodeFacts } from './facts.js'
import { Judgement } from './judgement.js'

/**
 * Judges kept facts again, by the rules of the release and under the settings of their day.
 *
 * @param settings those that the basis names
 * @returns the verdicts in their order; `undefined` where this build has no longer a rule that judged
 */
export function replay({ day, release, judged }: Basis, settings: SettingsRecord): readonly Verdict[] | undefined {
  const judgement = new Judgement(settings, day)
  for (const { rule: name, facts } of judged) {
    const rule = ruleOf(release, name)
    if (rule === undefined) return undefined
    judgement.apply(rule, decodeFacts(facts) as never)
  }
  return judgement.verdicts
}
