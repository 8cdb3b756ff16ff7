import { rule, check } from './rule.js'

export interface NumberFacts {
  /** `type number` of the document. */
  readonly name: string
  /** The project that has the number; `undefined` where it is new. */
  readonly first: string | undefined
  readonly now: string
}

/** R25, 文号唯一: an issuer's number belongs to one project. After an audit finding; our design. */
export const R25 = rule<NumberFacts>('R25', ({ name, first, now }) =>
  first === undefined ? [] : [check(first === now, 'FLAG', { expected: `${name}: ${first}`, actual: now })],
)
