import { rule, check } from './rule.js'

export interface InvoicePlace {
  readonly projectCode: string
  readonly contractNo: string
}

export interface BindingFacts {
  /** Where the invoice was first registered; `undefined` where it is not. */
  readonly bound: InvoicePlace | undefined
  /** Where it is presented. */
  readonly presented: InvoicePlace
  /** Where else it was presented since. */
  readonly claims?: readonly InvoicePlace[] | undefined
  /** `HOLD` of an application, `REJECT` of everything else. */
  readonly outcome: 'HOLD' | 'REJECT'
}

/**
 * R09, 发票归属唯一: an invoice belongs to one contract for ever. Where another presents it, that one is held, and the
 * invoice's own project is told at its next use. 发票管理办法 arts. 21–23.
 */
export const R09 = rule<BindingFacts>('R09', ({ bound, presented, claims = [], outcome }) => {
  if (bound === undefined) return []
  const same = bound.projectCode === presented.projectCode && bound.contractNo === presented.contractNo
  const [claim] = claims
  return [
    check(same, outcome, { expected: placeOf(bound), actual: placeOf(presented) }),
    ...(same && claim !== undefined
      ? [
          {
            outcome: 'FLAG' as const,
            case: 'PRESENTED_ELSEWHERE',
            expected: `${placeOf(bound)} only`,
            actual: `also presented in ${placeOf(claim)}`,
          },
        ]
      : []),
  ]
})

const placeOf = ({ projectCode, contractNo }: InvoicePlace): string => `${projectCode}, ${contractNo}`
