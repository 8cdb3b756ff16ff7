import { addMonths } from './days.js'
import { rule, check, type Finding, type Setting } from './rule.js'

export interface ReleaseFacts {
  /** Acceptance, or the end of a contract that ended early; `undefined` before either. */
  readonly since: string | undefined
  readonly liabilityMonths: number
  readonly on: string
  readonly openDefects: number
  /** Who signed that no defect is open, and who had to. */
  readonly signed: readonly string[]
  readonly needed: readonly string[]
}

/** The last day of a contract's defects liability period: as agreed, and no longer than the most. */
function liableUntil(since: string, months: number, setting: Setting): string {
  return addMonths(since, Math.min(months, setting('maxLiabilityMonths') as number))
}

/** R32, 质保金退还: after the defects liability period, with no defect open. 建质〔2017〕138号 arts. 2, 10–11. */
export const R32 = rule<ReleaseFacts & { readonly outcome: 'HOLD' | 'REJECT' }>('R32', (facts, setting): Finding[] => {
  const { since, liabilityMonths, on, openDefects, signed, needed, outcome } = facts
  const from = since === undefined ? undefined : liableUntil(since, liabilityMonths, setting)
  const missing = needed.filter((party) => !signed.includes(party))
  return [
    check(from !== undefined && on >= from, outcome, {
      case: 'EARLY',
      expected: from === undefined ? 'after the acceptance' : `on or after ${from}`,
      actual: on,
    }),
    check(openDefects === 0, outcome, { case: 'DEFECTS', expected: 'no open defect', actual: String(openDefects) }),
    check(missing.length === 0, outcome, {
      case: 'CLEARANCE',
      expected: `defects signed clear by ${needed.join(', ')}`,
      actual: missing.length === 0 ? 'signed' : `missing: ${missing.join(', ')}`,
    }),
  ]
})

/** R32 of a contract: the period is no longer than the most. */
export const R32Contract = rule<{ readonly liabilityMonths: number }>('R32', ({ liabilityMonths }, setting) => {
  const most = setting('maxLiabilityMonths') as number
  return [
    check(liabilityMonths <= most, 'WARN', {
      case: 'MONTHS',
      expected: `≤ ${most} months`,
      actual: String(liabilityMonths),
    }),
  ]
})

/** R32 of a clearance: it counts the defects that are open. */
export const R32Clearance = rule<{ readonly counted: number; readonly open: readonly string[] }>(
  'R32',
  ({ counted, open }) => [
    check(open.length === 0 && counted === 0, 'REJECT', {
      case: 'OPEN',
      expected: open.length === 0 ? '0 counted' : `no open defect: ${open.join(', ')}`,
      actual: `${counted} counted, ${open.length} open`,
    }),
  ],
)

export interface LateReleaseFacts {
  readonly since: string
  readonly liabilityMonths: number
  readonly today: string
  /** Retention in cash that is not applied for, and guarantees that are held. */
  readonly heldFen: bigint
}

/** R32 by time: an alert while retention is held after the period. */
export const R32Late = rule<LateReleaseFacts>('R32', ({ since, liabilityMonths, today, heldFen }, setting) => {
  const until = liableUntil(since, liabilityMonths, setting)
  return [
    check(today <= until || heldFen === 0n, 'ALERT', {
      case: 'LATE',
      expected: `released after ${until}`,
      actual: `${heldFen} held on ${today}`,
    }),
  ]
})
