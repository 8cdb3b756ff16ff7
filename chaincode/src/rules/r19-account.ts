import { isRecipient } from '@caizheng/records'
import { rule, check } from './rule.js'

/** R19, 收款账户锁定, of a registration: the digest is that of the number and salt that came beside it. Our design. */
export const R19Registration = rule<{ readonly given: string; readonly computed: string }>(
  'R19',
  ({ given, computed }) => [
    check(given === computed, 'REJECT', { case: 'DIGEST', expected: 'SHA-256 of salt:number', actual: given }),
  ],
)

export interface PaidAccounts {
  readonly lines: readonly { readonly lineNo: number; readonly account: string; readonly accountDigest: string }[]
  /** Registered digests, by account. */
  readonly registered: Readonly<Record<string, string | undefined>>
  /** A court's freeze: everything but wages waits, and wages are paid (保障农民工工资支付条例). */
  readonly frozenBy: string | undefined
  /** HOLD of an application, REJECT of its approval. */
  readonly outcome: 'HOLD' | 'REJECT'
}

/**
 * R19 of an application: each line pays the account that the contract has registered. Under a court's freeze one with wage lines
 * goes on, with a mark, since nothing holds wages up (R20): its other lines' vouchers are withheld.
 */
export const R19Application = rule<PaidAccounts>('R19', ({ lines, registered, frozenBy, outcome }) => {
  const wages = lines.some(({ account }) => account === 'WAGE')
  const wrong = lines.filter(({ account, accountDigest }) => registered[account] !== accountDigest)
  return [
    check(wrong.length === 0, outcome, {
      case: 'ACCOUNT',
      expected: 'the registered accounts',
      actual: wrong.length === 0 ? 'registered' : `not in line ${listOf(wrong.map(({ lineNo }) => lineNo))}`,
    }),
    ...(frozenBy === undefined
      ? []
      : [
          check(
            lines.every(({ account }) => account === 'WAGE'),
            wages ? 'FLAG' : outcome,
            { case: 'FROZEN', expected: 'wage lines only', actual: `frozen by ${frozenBy}` },
          ),
        ]),
  ]
})

/** R19 of what accounts are: a firm's own, or persons' under pseudonyms, each paid once by one application. */
export const R19Payees = rule<{
  readonly payees: readonly string[]
  readonly persons: boolean
  readonly outcome: 'HOLD' | 'REJECT'
}>('R19', ({ payees, persons, outcome }) => {
  const wrong = payees.filter((account) => isRecipient(account) !== persons)
  const twice = persons && new Set(payees).size < payees.length
  return [
    check(wrong.length === 0, outcome, {
      case: 'PAYEE',
      expected: persons ? 'recipients under pseudonyms' : "the contractor's accounts",
      actual: wrong.length === 0 ? 'they are' : wrong.slice(0, 5).join(', '),
    }),
    ...(persons
      ? [
          check(!twice, outcome, {
            case: 'TWICE',
            expected: 'each recipient once',
            actual: `${new Set(payees).size} recipients in ${payees.length} lines`,
          }),
        ]
      : []),
  ]
})

/** The first twenty: a verdict has a greatest length. */
function listOf(numbers: readonly number[]): string {
  return `${numbers.slice(0, 20).join(', ')}${numbers.length > 20 ? ' …' : ''}`
}
