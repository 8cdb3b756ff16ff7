import { addMonths } from './days.js'
import { rule, check } from './rule.js'

export interface FinalAccountTimeFacts {
  readonly completedOn: string
  /** The day of the final account's submission, or today while there is none. */
  readonly on: string
  /** Granted to projects that need longer. */
  readonly extension?: 'SMALL_MEDIUM' | 'LARGE'
}

/** R30, 决算时限: an alert where the final account comes late. 财建〔2016〕503号 art. 2. */
export const R30 = rule<FinalAccountTimeFacts>('R30', ({ completedOn, on, extension }, setting) => {
  const longer = { SMALL_MEDIUM: 'extensionSmallMediumMonths', LARGE: 'extensionLargeMonths' } as const
  const granted = extension === undefined ? 0 : (setting(longer[extension]) as number)
  const by = addMonths(completedOn, (setting('finalAccountMonths') as number) + granted)
  return [check(on <= by, 'ALERT', { expected: `submitted by ${by}`, actual: on })]
})
