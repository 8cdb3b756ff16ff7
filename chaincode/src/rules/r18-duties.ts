import { rule, check } from './rule.js'

/** The persons of one record, by key, and the organisations that they act for. */
export interface DutyFacts {
  readonly persons: readonly { readonly duty: string; readonly key: string; readonly uscc: string }[]
  /** Who creates, and who approves now. */
  readonly creatorUscc: string
  readonly approverUsccs: readonly string[]
}

/**
 * R18, 分权: nobody holds two duties of one record, and somebody of another organisation than the creator's approves. Our design
 * after the practice of internal control.
 */
export const R18 = rule<DutyFacts>('R18', ({ persons, creatorUscc, approverUsccs }) => {
  const keys = new Set(persons.map(({ key }) => key))
  const duties = persons.map(({ duty }) => duty).join(', ')
  return [
    check(keys.size === persons.length, 'REJECT', {
      case: 'TWO_DUTIES',
      expected: `different persons: ${duties}`,
      actual: `${keys.size} persons`,
    }),
    check(
      approverUsccs.some((uscc) => uscc !== creatorUscc),
      'REJECT',
      { case: 'OTHER_ORGANISATION', expected: `an approver not of ${creatorUscc}`, actual: approverUsccs.join(', ') },
    ),
  ]
})
