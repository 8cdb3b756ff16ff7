import { rule, check, type Finding } from './rule.js'

/** An application beside the contract's totals before it; HELD ones count nothing in these. */
export interface PaymentFacts {
  readonly kind: 'ADVANCE' | 'PROGRESS' | 'SETTLEMENT' | 'RETENTION_RELEASE'
  readonly grossFen: bigint
  readonly recoveryFen: bigint
  readonly netFen: bigint
  /** Σ of its lines. */
  readonly linesFen: bigint
  readonly priceFen: bigint
  /** Approved changes that the provisional sum does not pay. */
  readonly changesBudgetFen: bigint
  readonly progressRateBp: number
  readonly certifiedFen: bigint
  readonly grossBeforeFen: bigint
  readonly cashBeforeFen: bigint
  readonly advanceBeforeFen: bigint
  readonly recoveredBeforeFen: bigint
  /** Whether its period has an application that counts already. */
  readonly periodTaken: boolean
  /** Over-payments that came back. */
  readonly refundedFen: bigint
  /** Of SETTLEMENT and RETENTION_RELEASE applications before it. */
  readonly settlementBeforeFen: bigint
  readonly retentionBeforeFen: bigint
  /** Of an approved settlement: what it grants; `undefined` before. */
  readonly settlement: SettlementGrant | undefined
}

/** What an approved settlement lets be paid. */
export interface SettlementGrant {
  readonly approvedFen: bigint
  readonly payableFen: bigint
  readonly cashRetentionFen: bigint
  /** Contractor and owner have signed it. */
  readonly signed: boolean
}

/**
 * R02, 付款不超已完、合同、审定. Three different numbers: gross of progress, cash, and what of the advance is recovered;
 * Σcash = Σgross + (advance − Σrecovered). 财建〔2022〕183号 §1; OCP R068.
 */
export const R02 = rule<PaymentFacts>('R02', (facts) => {
  const { grossFen, recoveryFen, netFen, linesFen, settlement } = facts
  const own: Finding[] = [
    check(grossFen - recoveryFen === netFen, 'HOLD', {
      case: 'NET',
      expected: `${grossFen} - ${recoveryFen} = ${grossFen - recoveryFen}`,
      actual: String(netFen),
    }),
    check(linesFen === netFen, 'HOLD', { case: 'LINES', expected: String(netFen), actual: String(linesFen) }),
  ]
  return settlement === undefined
    ? [...own, ...beforeSettlement(facts)]
    : [...own, ...afterSettlement(facts, settlement)]
})

function beforeSettlement(facts: PaymentFacts): Finding[] {
  const { kind, priceFen, changesBudgetFen, progressRateBp, certifiedFen } = facts
  if (kind === 'SETTLEMENT' || kind === 'RETENTION_RELEASE') {
    return [{ outcome: 'HOLD', case: 'SETTLEMENT', expected: 'an approved settlement', actual: 'none' }]
  }
  const progress = kind === 'PROGRESS'
  const gross = facts.grossBeforeFen + (progress ? facts.grossFen : 0n)
  const advance = facts.advanceBeforeFen + (progress ? 0n : facts.grossFen)
  const recovered = facts.recoveredBeforeFen + facts.recoveryFen
  const cash = facts.cashBeforeFen + facts.netFen
  const rate = BigInt(progressRateBp)
  return [
    check(gross * 10_000n <= certifiedFen * rate, 'HOLD', {
      case: 'PROGRESS_RATE',
      expected: `≤ ${certifiedFen} × ${rate} / 10000 = ${(certifiedFen * rate) / 10_000n}`,
      actual: String(gross),
    }),
    check(gross <= priceFen + changesBudgetFen, 'HOLD', {
      case: 'PRICE',
      expected: `≤ ${priceFen} + ${changesBudgetFen}`,
      actual: String(gross),
    }),
    check(cash === gross + advance - recovered, 'HOLD', {
      case: 'CASH',
      expected: `${gross} + ${advance} - ${recovered} = ${gross + advance - recovered}`,
      actual: String(cash),
    }),
    ...(progress
      ? [
          check(!facts.periodTaken, 'HOLD', {
            case: 'PERIOD',
            expected: 'one application for a period',
            actual: facts.periodTaken ? 'there is one' : 'the first',
          }),
        ]
      : []),
  ]
}

function afterSettlement(facts: PaymentFacts, settlement: SettlementGrant): Finding[] {
  const { kind, netFen, settlementBeforeFen, retentionBeforeFen } = facts
  const { approvedFen, payableFen, cashRetentionFen, signed } = settlement
  const cash = facts.cashBeforeFen - facts.refundedFen + netFen
  const of = (one: PaymentFacts['kind'], finding: Finding): Finding[] => (kind === one ? [finding] : [])
  return [
    check(kind === 'SETTLEMENT' || kind === 'RETENTION_RELEASE', 'HOLD', {
      case: 'KIND',
      expected: 'SETTLEMENT or RETENTION_RELEASE after the settlement',
      actual: kind,
    }),
    check(signed, 'HOLD', {
      case: 'SIGNED',
      expected: 'a settlement signed by contractor and owner',
      actual: signed ? 'signed' : 'not signed by both',
    }),
    check(cash <= approvedFen, 'HOLD', { case: 'APPROVED', expected: `≤ ${approvedFen}`, actual: String(cash) }),
    ...of(
      'SETTLEMENT',
      check(settlementBeforeFen === 0n && netFen === payableFen, 'HOLD', {
        case: 'PAYABLE',
        expected: `${payableFen}, once`,
        actual: `${netFen}, after ${settlementBeforeFen}`,
      }),
    ),
    ...of(
      'RETENTION_RELEASE',
      check(retentionBeforeFen + netFen <= cashRetentionFen, 'HOLD', {
        case: 'RETENTION',
        expected: `≤ ${cashRetentionFen}`,
        actual: `${retentionBeforeFen} + ${netFen}`,
      }),
    ),
  ]
}

export interface OverpaymentFacts {
  readonly overpaidFen: bigint
  /** Came back since the settlement. */
  readonly returnedFen: bigint
  readonly returnBy: string
  readonly today: string
}

/** R02, what a settlement found to be paid too much comes back in time. 财建〔2022〕183号 §1. */
export const R02Return = rule<OverpaymentFacts>('R02', ({ overpaidFen, returnedFen, returnBy, today }) => [
  check(returnedFen >= overpaidFen || today <= returnBy, 'ALERT', {
    case: 'RETURN',
    expected: `${overpaidFen} returned by ${returnBy}`,
    actual: `${returnedFen} on ${today}`,
  }),
])
