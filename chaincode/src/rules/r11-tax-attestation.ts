import { rule, check, type Finding } from './rule.js'

export interface AttestedInvoice {
  readonly invoiceNo: string
  readonly grossFen: bigint
  readonly attestation: { readonly status: string; readonly checkedGrossFen: bigint; readonly at: number } | undefined
}

const HOUR_MS = 3_600_000

/** R11, 税局核验: each invoice attested as normal, with its amount, not long ago. Article §3.3; 发票管理办法 art. 20. */
export const R11 = rule<{ readonly invoices: readonly AttestedInvoice[]; readonly now: number }>(
  'R11',
  ({ invoices, now }, setting) => {
    const hours = setting('maxAgeHours') as number
    return invoices.flatMap(({ invoiceNo, grossFen, attestation }): Finding[] => {
      if (attestation === undefined) {
        return [
          {
            outcome: 'HOLD',
            case: 'NONE',
            expected: `${invoiceNo} attested by the tax office`,
            actual: 'not attested',
          },
        ]
      }
      const { status, checkedGrossFen, at } = attestation
      return [
        check(status === 'NORMAL', 'HOLD', { case: 'STATUS', expected: `${invoiceNo}: NORMAL`, actual: status }),
        check(checkedGrossFen === grossFen, 'HOLD', {
          case: 'AMOUNT',
          expected: `${invoiceNo}: ${grossFen}`,
          actual: String(checkedGrossFen),
        }),
        check(now - at <= hours * HOUR_MS, 'HOLD', {
          case: 'AGE',
          expected: `${invoiceNo}: within ${hours} hours`,
          actual: `${Math.floor((now - at) / HOUR_MS)} hours ago`,
        }),
      ]
    })
  },
)
