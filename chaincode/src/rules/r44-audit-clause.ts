import { rule, check } from './rule.js'

/** Who is paid, as far as deadlines and clauses ask. */
export interface Payee {
  readonly ownership: string | undefined
  readonly enterpriseSize: string | undefined
}

/** Small and medium firms and every private one. 保障中小企业款项支付条例(2025); 民营经济促进法 art. 67. */
export function isProtected({ ownership, enterpriseSize }: Payee): boolean {
  return ownership === 'PRIVATE' || ['MICRO', 'SMALL', 'MEDIUM'].includes(enterpriseSize ?? '')
}

export interface ClauseFacts {
  readonly payee: Payee
  readonly auditResultIsSettlementBasis: boolean
}

/** R44, 审计不得拖付: such a firm's contract may not wait for the audit's result. 保障中小企业款项支付条例 art. 12. */
export const R44 = rule<ClauseFacts>('R44', ({ payee, auditResultIsSettlementBasis }, setting) => {
  if (!isProtected(payee)) return []
  return [
    check(!auditResultIsSettlementBasis || setting('allowAuditClauseByLaw') === true, 'REJECT', {
      expected: 'no audit result as the basis of settlement',
      actual: auditResultIsSettlementBasis ? 'it is agreed' : 'not agreed',
    }),
  ]
})
