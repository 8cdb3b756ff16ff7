import type { Verdict } from '../verdicts/verdict.js'
import type { Condition } from './condition.js'
import { flagConditions } from './flag-conditions.js'
import { paymentConditions } from './payment-conditions.js'

const conditions: Readonly<Record<string, Condition>> = { ...flagConditions, ...paymentConditions }

/** What is said of a verdict's condition; `undefined` of one that refuses at once, whose sender reads the refusal. */
export function conditionOf({ rule, case: which }: Pick<Verdict, 'rule' | 'case'>): Condition | undefined {
  const id = which === undefined ? rule : `${rule}.${which}`
  return Object.hasOwn(conditions, id) ? conditions[id] : undefined
}
