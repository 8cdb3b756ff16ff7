import { R21 } from '../../src/rules/r21-deadline.js'
import { R29Review } from '../../src/rules/r29-review.js'
import { R37 } from '../../src/rules/r37-stall.js'
import { R44, type Payee } from '../../src/rules/r44-audit-clause.js'
import { casesOf } from './rule-case.js'

const HOUR = 3_600_000
const review = { submittedFen: 20_000n, approvedFen: 19_999n, reductionFen: 1n, reductionRateBp: 1 }
const small: Payee = { ownership: 'PRIVATE', enterpriseSize: 'SMALL' }

export const deadlines = [
  ...casesOf(R21, { dueOn: '2025-07-01', today: '2025-07-01', unpaidFen: 1n }, [
    ['a payment on its last day', {}],
    ['a payment due yesterday', { today: '2025-07-02' }, 'ALERT'],
    ['nothing left to pay, however late', { today: '2026-07-01', unpaidFen: 0n }],
  ]),
  ...casesOf(R29Review, review, [
    ['a review whose reduction and rate, rounded half up, follow from its amounts', {}],
    ['a reduction one fen off', { reductionFen: 2n }, 'REDUCTION REJECT'],
    ['a rate of one basis point more', { reductionRateBp: 2 }, 'RATE REJECT'],
    [
      'more approved than submitted',
      { approvedFen: 20_001n, reductionFen: -1n, reductionRateBp: 0 },
      'APPROVED REJECT',
    ],
    ['nothing submitted', { submittedFen: 0n, approvedFen: 0n, reductionFen: 0n, reductionRateBp: 0 }],
  ]),
  ...casesOf(R37, { now: 72 * HOUR, last: 0, running: true }, [
    ['evidence of the site 72 hours ago', {}],
    ['evidence of the site a millisecond longer ago', { now: 72 * HOUR + 1 }, 'ALERT'],
    ['works that are stopped with approval', { now: 720 * HOUR, running: false }],
  ]),
  ...casesOf(R44, { payee: small, auditResultIsSettlementBasis: false }, [
    ["a small firm's contract without the audit clause", {}],
    ["a small firm's contract that waits for the audit", { auditResultIsSettlementBasis: true }, 'REJECT'],
    [
      'a large private firm that waits for the audit',
      { payee: { ownership: 'PRIVATE', enterpriseSize: 'LARGE' }, auditResultIsSettlementBasis: true },
      'REJECT',
    ],
    [
      'a medium state firm that waits for the audit',
      { payee: { ownership: 'STATE', enterpriseSize: 'MEDIUM' }, auditResultIsSettlementBasis: true },
      'REJECT',
    ],
    [
      'a large state firm that waits for the audit',
      { payee: { ownership: 'STATE', enterpriseSize: 'LARGE' }, auditResultIsSettlementBasis: true },
    ],
  ]),
  ...casesOf(
    R44,
    { payee: small, auditResultIsSettlementBasis: true },
    [['the audit clause where a law provides for it', {}]],
    { 'R44.allowAuditClauseByLaw': true },
  ),
]
