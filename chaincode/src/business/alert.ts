import { alerts, type Alert, type RuleId, type TickRequest } from '@caizheng/records'
import type { Call } from './transaction.js'

/**
 * Has a rule of time judge one subject on the tick's day, and writes the alerts that it gives. An alert has one key for its rule,
 * subject and day: where this day has it, nothing is judged again.
 *
 * @param judge applies the rule
 */
export async function alertOf(
  { request, state, moment: { time }, judgement, tx }: Call<TickRequest>,
  rule: RuleId,
  subject: string,
  judge: () => void,
): Promise<void> {
  const { projectCode, tickDate } = request
  if ((await state.find(alerts, rule, subject, tickDate)) !== undefined) return
  const before = judgement.verdicts.length
  judge()
  for (const verdict of judgement.verdicts.slice(before)) {
    if (verdict.outcome !== 'ALERT') continue
    const record: Alert = { kind: 'alert', version: 1, projectCode, subject, tickDate, verdict, time, tx }
    await state.create(alerts, [verdict.rule, subject, tickDate], record)
  }
}
