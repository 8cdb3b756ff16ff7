import { isRuleId, type Application, type Verdict } from '@caizheng/records'
import { Judgement } from './judgement.js'
import type { Call } from './transaction.js'

/**
 * Judges an application by the records of now and refuses what would hold it. What held it at its submission and a special
 * approval let pass does not refuse it: that condition of the rule, and no other of its conditions.
 *
 * @param judge applies rules to the judgement that it is given
 */
export function judgeAgain(
  { settings, moment, judgement }: Pick<Call<object>, 'settings' | 'moment' | 'judgement'>,
  application: Application,
  judge: (again: Judgement) => void,
): void {
  const passed = new Set(holding(application).map(conditionOf))
  const again = new Judgement(settings, moment.day)
  judge(again)
  refuseAll(
    judgement,
    holding(again).filter((verdict) => !passed.has(conditionOf(verdict))),
  )
}

/** Has what holds an application refuse a step, by the same rules. */
export function refuseAll(judgement: Judgement, verdicts: readonly Verdict[]): void {
  for (const { rule, case: which, expected, actual } of verdicts) {
    if (!isRuleId(rule)) continue
    judgement.add(rule, [{ outcome: 'REJECT', ...(which === undefined ? {} : { case: which }), expected, actual }])
  }
}

/** The verdicts that hold an application: those of rules on trial hold nothing. */
export function holding({ verdicts, shadow }: Judged): Verdict[] {
  return verdicts.filter(({ rule, outcome }) => outcome === 'HOLD' && !shadow.includes(rule))
}

interface Judged {
  readonly verdicts: readonly Verdict[]
  readonly shadow: readonly string[]
}

const conditionOf = ({ rule, case: which }: Verdict): string => `${rule} ${which ?? ''}`
