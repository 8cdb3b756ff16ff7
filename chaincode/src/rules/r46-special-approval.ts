import { rule, check } from './rule.js'

export interface ProposalFacts {
  readonly overridden: readonly string[]
  /** The rules that hold the application. */
  readonly holding: readonly string[]
  readonly document: boolean
}

/** R46, 特批, as proposed: a deciding document, every rule that holds, none that may never be overridden. Our design (三重一大). */
export const R46Proposal = rule<ProposalFacts>('R46', ({ overridden, holding, document }, setting) => {
  const never = setting('nonOverridable') as readonly string[]
  const missing = holding.filter((id) => !overridden.includes(id))
  const forbidden = [...new Set([...overridden, ...holding])].filter((id) => never.includes(id))
  return [
    check(document, 'REJECT', {
      case: 'DOCUMENT',
      expected: 'the deciding document',
      actual: document ? 'given' : 'none',
    }),
    check(missing.length === 0, 'REJECT', {
      case: 'RULES',
      expected: holding.join(', '),
      actual: missing.length === 0 ? 'all named' : `missing: ${missing.join(', ')}`,
    }),
    check(forbidden.length === 0, 'REJECT', {
      case: 'NEVER',
      expected: `none of ${never.join(', ')}`,
      actual: forbidden.join(', ') || 'none',
    }),
  ]
})

/** R46 as confirmed: a second person, of another organisation. */
export const R46Confirmation = rule<{ readonly proposer: Confirming; readonly confirmer: Confirming }>(
  'R46',
  ({ proposer, confirmer }) => [
    check(proposer.key !== confirmer.key && proposer.uscc !== confirmer.uscc, 'REJECT', {
      case: 'SECOND_PERSON',
      expected: `a person of another organisation than ${proposer.uscc}`,
      actual: confirmer.uscc,
    }),
  ],
)

interface Confirming {
  readonly key: string
  readonly uscc: string
}
