import { addDays } from './days.js'
import { rule, check, type Finding } from './rule.js'

export interface DisclosureFacts {
  /** The day of the project's gate, and the day that the request gives for it. */
  readonly gateDay: string | undefined
  readonly approvedOn: string
  readonly publishedOn: string
  readonly today: string
  /** Only approvals and final accounts have days to publish by. */
  readonly hasDeadline: boolean
  /** What the published page says, by field; `undefined` where only its digest is given. */
  readonly view: Readonly<Record<string, string | number>> | undefined
  /** The same fields as the chain has them. */
  readonly records: Readonly<Record<string, unknown>>
  readonly viewDigest: string | undefined
  readonly statedDigest: string
}

/** R42, 依法公开: only fields on the list, each as the chain has it, in time. 预算法 art. 14; 政府投资条例 art. 30. */
export const R42Disclosure = rule<DisclosureFacts>('R42', (facts, setting) => {
  const { gateDay, approvedOn, publishedOn, today, hasDeadline } = facts
  const dueOn = addDays(approvedOn, setting('publishDays') as number)
  return [
    check(approvedOn === gateDay, 'REJECT', {
      case: 'APPROVED_ON',
      expected: gateDay ?? 'an approval',
      actual: approvedOn,
    }),
    check(publishedOn >= approvedOn && publishedOn <= today, 'REJECT', {
      case: 'PUBLISHED_ON',
      expected: `from ${approvedOn} to ${today}`,
      actual: publishedOn,
    }),
    ...(hasDeadline
      ? [check(publishedOn <= dueOn, 'ALERT', { case: 'LATE', expected: `by ${dueOn}`, actual: publishedOn })]
      : []),
    ...viewFindings(facts, setting('publicFields') as readonly string[]),
  ]
})

function viewFindings(
  { view, records, viewDigest, statedDigest }: DisclosureFacts,
  list: readonly string[],
): Finding[] {
  if (view === undefined) return []
  const names = Object.keys(view)
  const forbidden = names.filter((name) => !list.includes(name))
  const other = names.filter((name) => !forbidden.includes(name) && records[name] !== view[name])
  return [
    check(forbidden.length === 0, 'REJECT', {
      case: 'FIELD',
      expected: 'fields on the list of public fields',
      actual: forbidden.length === 0 ? 'all on it' : forbidden.slice(0, 10).join(', '),
    }),
    check(other.length === 0, 'REJECT', {
      case: 'VALUE',
      expected: 'values as the chain has them',
      actual: other.length === 0 ? 'the same' : `others of ${other.slice(0, 10).join(', ')}`,
    }),
    check(viewDigest === statedDigest, 'REJECT', {
      case: 'DIGEST',
      expected: viewDigest ?? '',
      actual: statedDigest,
    }),
  ]
}

export interface UndisclosedFacts {
  readonly subject: string
  readonly approvedOn: string
  readonly publishedOn: string | undefined
  readonly today: string
}

/** R42 on a day: what was approved and is not public yet. */
export const R42Deadline = rule<UndisclosedFacts>('R42', ({ subject, approvedOn, publishedOn, today }, setting) => {
  const dueOn = addDays(approvedOn, setting('publishDays') as number)
  return [
    check(publishedOn !== undefined || today <= dueOn, 'ALERT', {
      case: 'UNPUBLISHED',
      expected: `${subject} public by ${dueOn}`,
      actual: publishedOn ?? `not public on ${today}`,
    }),
  ]
})
