import { rule, check, type Finding } from './rule.js'

/** One invoice beside what the application takes of it. */
export interface InvoiceUse {
  readonly invoiceNo: string
  readonly kind: 'VAT' | 'PREPAYMENT'
  readonly sellerUscc: string
  readonly buyerUscc: string
  readonly projectCode: string
  readonly grossFen: bigint
  readonly redLetterFen: bigint
  readonly usedFen: bigint
  readonly addedFen: bigint
}

export interface MatchFacts {
  readonly kind: 'ADVANCE' | 'PROGRESS' | 'SETTLEMENT' | 'RETENTION_RELEASE'
  readonly projectCode: string
  readonly contractorUscc: string
  readonly ownerUscc: string
  readonly invoices: readonly InvoiceUse[]
  /** Lines that name none although they must. */
  readonly without: readonly number[]
  /** Numbers that nobody registered. */
  readonly unknown: readonly string[]
  /** Of a PROGRESS application: what it says is certified, and what the measure says; `undefined` without a measure. */
  readonly certifiedFen: bigint | undefined
  readonly measuredFen: bigint | undefined
}

/** R08, 三单匹配: contract, certified quantities and invoices say the same. Article §3.3; 发票管理办法 arts. 19–21. */
export const R08 = rule<MatchFacts>('R08', (facts) => [
  ...(facts.kind === 'PROGRESS'
    ? [
        check(facts.measuredFen !== undefined && facts.certifiedFen === facts.measuredFen, 'HOLD', {
          case: 'MEASURE',
          expected: facts.measuredFen === undefined ? 'a measure of the period' : String(facts.measuredFen),
          actual: String(facts.certifiedFen ?? 'none'),
        }),
      ]
    : []),
  ...(facts.without.length === 0
    ? []
    : [
        check(false, 'HOLD', {
          case: 'NO_INVOICE',
          expected: 'an invoice of each line',
          actual: `none of line ${facts.without.slice(0, 20).join(', ')}`,
        }),
      ]),
  ...facts.unknown.map((invoiceNo): Finding => ({
    outcome: 'HOLD',
    case: 'INVOICE',
    expected: 'a registered invoice',
    actual: invoiceNo,
  })),
  ...facts.invoices.flatMap((invoice) => judgeInvoice(facts, invoice)),
])

function judgeInvoice({ kind, projectCode, contractorUscc, ownerUscc }: MatchFacts, invoice: InvoiceUse): Finding[] {
  const { invoiceNo, sellerUscc, buyerUscc, grossFen, redLetterFen, usedFen, addedFen } = invoice
  const needed = kind === 'ADVANCE' ? 'PREPAYMENT' : 'VAT'
  return [
    check(sellerUscc === contractorUscc && buyerUscc === ownerUscc && invoice.projectCode === projectCode, 'HOLD', {
      case: 'PARTIES',
      expected: `${invoiceNo}: ${contractorUscc} to ${ownerUscc}, ${projectCode}`,
      actual: `${sellerUscc} to ${buyerUscc}, ${invoice.projectCode}`,
    }),
    check(usedFen + addedFen <= grossFen - redLetterFen, 'HOLD', {
      case: 'AMOUNT',
      expected: `${invoiceNo} ≤ ${grossFen} - ${redLetterFen}`,
      actual: `${usedFen} + ${addedFen}`,
    }),
    check(invoice.kind === needed, 'HOLD', { case: 'KIND', expected: `${invoiceNo}: ${needed}`, actual: invoice.kind }),
  ]
}
