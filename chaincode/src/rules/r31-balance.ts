import { addMonths } from './days.js'
import { rule, check } from './rule.js'

/** R31, 结余缴回, at the final account: it is within what the quotas gave. 政府投资条例 art. 25(2). */
export const R31Balance = rule<{ readonly fundedFen: bigint; readonly totalFen: bigint }>(
  'R31',
  ({ fundedFen, totalFen }) => [
    check(totalFen <= fundedFen, 'REJECT', { case: 'BALANCE', expected: `≤ ${fundedFen}`, actual: String(totalFen) }),
  ],
)

export interface BalanceTimeFacts {
  readonly acceptedOn: string
  readonly balanceFen: bigint
  readonly returnedFen: bigint
  readonly today: string
}

/** R31 by time: an alert where the balance is not returned. The months are from memory, and can be set. */
export const R31Time = rule<BalanceTimeFacts>('R31', ({ acceptedOn, balanceFen, returnedFen, today }, setting) => {
  const by = addMonths(acceptedOn, setting('returnMonths') as number)
  return [
    check(returnedFen >= balanceFen || today <= by, 'ALERT', {
      case: 'RETURN',
      expected: `${balanceFen} returned by ${by}`,
      actual: `${returnedFen} on ${today}`,
    }),
  ]
})
