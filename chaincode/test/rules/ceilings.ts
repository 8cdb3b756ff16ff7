import { R01, R01Quotas } from '../../src/rules/r01-ceiling.js'
import { R02, type PaymentFacts } from '../../src/rules/r02-payment-ceiling.js'
import { R03Application, R03Contract } from '../../src/rules/r03-progress-rate.js'
import { R04Application, R04Contract } from '../../src/rules/r04-advance.js'
import { R05 } from '../../src/rules/r05-recovery.js'
import { R45 } from '../../src/rules/r45-quota.js'
import { casesOf } from './rule-case.js'

const pavement = { subItem: 'pavement', amountFen: 600n, committedFen: 500n, addedFen: 100n }
const ceiling = { approvedEstimateFen: 1000n, committedFen: 900n, addedFen: 100n, subItems: [pavement] }

/** The second progress payment of a contract of 10,000 fen, after an advance of 1,000 and a first payment of 3,400. */
const progress: PaymentFacts = {
  kind: 'PROGRESS',
  grossFen: 4250n,
  recoveryFen: 250n,
  netFen: 4000n,
  linesFen: 4000n,
  priceFen: 10_000n,
  changesBudgetFen: 0n,
  progressRateBp: 8500,
  certifiedFen: 9000n,
  grossBeforeFen: 3400n,
  cashBeforeFen: 4200n,
  advanceBeforeFen: 1000n,
  recoveredBeforeFen: 200n,
  periodTaken: false,
  refundedFen: 0n,
  settlementBeforeFen: 0n,
  retentionBeforeFen: 0n,
  settlement: undefined,
}
const settlement = { approvedFen: 9500n, payableFen: 1000n, cashRetentionFen: 285n, signed: true }
const settled: PaymentFacts = {
  ...progress,
  kind: 'SETTLEMENT',
  grossFen: 1000n,
  recoveryFen: 0n,
  netFen: 1000n,
  linesFen: 1000n,
  cashBeforeFen: 8215n,
  settlement,
}
const quota = { budgetQuotaNo: 'Q24', year: 2024, amountFen: 1000n, usedFen: 600n, addedFen: 400n }

export const ceilings = [
  ...casesOf(R01, ceiling, [
    ['a commitment one fen under the approved estimate', { addedFen: 99n }],
    ['a commitment that takes the last fen of the approved estimate', {}],
    ['a commitment one fen over the approved estimate', { addedFen: 101n }, 'TOTAL REJECT'],
    ['a sub-item one fen over its own amount', { subItems: [{ ...pavement, addedFen: 101n }] }, 'SUB_ITEM REJECT'],
    ['a change that gives money back', { addedFen: -100n, subItems: [{ ...pavement, addedFen: -100n }] }],
    [
      'a sub-item that the budget does not have',
      { subItems: [{ subItem: 'other', amountFen: 0n, committedFen: 0n, addedFen: 1n }] },
      'SUB_ITEM REJECT',
    ],
  ]),
  ...casesOf(R01Quotas, { approvedEstimateFen: 1000n, quotasFen: 1000n }, [
    ['quotas that together are the approved estimate', {}],
    ['quotas one fen over the approved estimate', { quotasFen: 1001n }, 'QUOTAS REJECT'],
  ]),
  ...casesOf(R02, progress, [
    ['a progress payment that takes the last fen of 85 % of what is certified', {}],
    ['a progress payment one fen under', { grossFen: 4249n, netFen: 3999n, linesFen: 3999n }],
    [
      'a progress payment one fen over 85 % of what is certified',
      { grossFen: 4251n, netFen: 4001n, linesFen: 4001n },
      'PROGRESS_RATE HOLD',
    ],
    [
      'more than the price and its changes, however much is certified',
      { certifiedFen: 20_000n, grossBeforeFen: 5751n, cashBeforeFen: 6551n },
      'PRICE HOLD',
    ],
    [
      'the price with a change that the budget pays, to the fen',
      { certifiedFen: 20_000n, grossBeforeFen: 5751n, cashBeforeFen: 6551n, changesBudgetFen: 1n },
    ],
    ['a net that is not gross less recovery', { netFen: 4001n, linesFen: 4001n }, 'NET HOLD', 'CASH HOLD'],
    ['lines that do not sum to the net', { linesFen: 3999n }, 'LINES HOLD'],
    ['a second payment for the same period', { periodTaken: true }, 'PERIOD HOLD'],
    ['totals in which cash is not gross and advance less recovered', { cashBeforeFen: 4201n }, 'CASH HOLD'],
    [
      'an advance: it counts in cash and not in gross',
      {
        ...{ kind: 'ADVANCE', grossFen: 1000n, recoveryFen: 0n, netFen: 1000n, linesFen: 1000n, certifiedFen: 0n },
        ...{ grossBeforeFen: 0n, cashBeforeFen: 0n, advanceBeforeFen: 0n, recoveredBeforeFen: 0n },
      },
    ],
    [
      'a settlement payment before any settlement is approved',
      { ...settled, settlement: undefined },
      'SETTLEMENT HOLD',
    ],
    ['the settlement payment as approved', settled],
    [
      'a settlement payment one fen over what is payable',
      { ...settled, grossFen: 1001n, netFen: 1001n, linesFen: 1001n },
      'PAYABLE HOLD',
    ],
    ['cash one fen over the approved settlement', { ...settled, cashBeforeFen: 8501n }, 'APPROVED HOLD'],
    [
      'the release of the whole retention',
      { ...settled, kind: 'RETENTION_RELEASE', grossFen: 285n, netFen: 285n, linesFen: 285n, cashBeforeFen: 9215n },
    ],
    [
      'the release of one fen more than the retention',
      { ...settled, kind: 'RETENTION_RELEASE', grossFen: 286n, netFen: 286n, linesFen: 286n, cashBeforeFen: 9214n },
      'RETENTION HOLD',
    ],
  ]),
  ...casesOf(R03Contract, { progressRateBp: 8000 }, [
    ['a contract that pays 80 % of progress', {}],
    ['a contract that pays 80.01 % of progress', { progressRateBp: 8001 }],
    ['a contract that pays 79.99 % of progress', { progressRateBp: 7999 }, 'FLOOR REJECT'],
  ]),
  ...casesOf(R03Application, { grossFen: 970n, certifiedFen: 1000n }, [
    ['payments of 97 % of what is certified', {}],
    ['payments one fen under 97 %', { grossFen: 969n }],
    ['payments one fen over 97 %', { grossFen: 971n }, 'CAP HOLD'],
  ]),
  ...casesOf(R04Contract, { priceFen: 11_000n, provisionalFen: 1000n, advanceFen: 3000n }, [
    ['an advance of 30 % of the price without the provisional sum', {}],
    ['an advance one fen over 30 %', { advanceFen: 3001n }, 'MOST REJECT'],
    ['an advance of 10 %', { advanceFen: 1000n }],
    ['an advance one fen under 10 %', { advanceFen: 999n }, 'LEAST WARN'],
  ]),
  ...casesOf(R04Application, { agreedFen: 1000n, grossFen: 1000n, advancedFen: 0n, measured: false }, [
    ['the agreed advance, once, before the first measure', {}],
    ['an advance one fen over what is agreed', { grossFen: 1001n }, 'ONCE HOLD'],
    ['an advance one fen under what is agreed', { grossFen: 999n }, 'ONCE HOLD'],
    ['the agreed advance a second time', { advancedFen: 1000n }, 'ONCE HOLD'],
    ['an advance after the first measure', { measured: true }, 'BEFORE_MEASURES HOLD'],
  ]),
  ...casesOf(R05, { kind: 'PROGRESS', recoveryFen: 400n, advanceFen: 1000n, recoveredFen: 600n }, [
    ['the last fen of the advance recovered', {}],
    ['less recovered than was advanced', { recoveryFen: 399n }],
    ['one fen more recovered than was advanced', { recoveryFen: 401n }, 'MOST HOLD'],
    ['a settlement with one fen of the advance out', { kind: 'SETTLEMENT', recoveryFen: 399n }, 'ALL HOLD'],
    ['a settlement that recovers the last of the advance', { kind: 'SETTLEMENT' }],
    ['an advance that recovers', { kind: 'ADVANCE', recoveryFen: 1n }, 'ADVANCE HOLD'],
    ['an advance that recovers nothing', { kind: 'ADVANCE', recoveryFen: 0n, recoveredFen: 0n }],
  ]),
  ...casesOf(R45, { quotas: [quota], unknown: [], year: 2024, outcome: 'HOLD' }, [
    ['the last fen of a quota', {}],
    ['one fen less than is left of a quota', { quotas: [{ ...quota, addedFen: 399n }] }],
    ['one fen more than is left of a quota', { quotas: [{ ...quota, addedFen: 401n }] }, 'AVAILABLE HOLD'],
    [
      'a quota that was cut below what is used of it, at an approval',
      { quotas: [{ ...quota, amountFen: 999n }], outcome: 'REJECT' },
      'AVAILABLE REJECT',
    ],
    ['a quota of the year before', { quotas: [{ ...quota, year: 2023 }] }, 'YEAR HOLD'],
    ['a quota of the year after', { quotas: [{ ...quota, year: 2025 }] }, 'YEAR HOLD'],
    ['a number that is no quota of the project', { quotas: [], unknown: ['Q99'] }, 'QUOTA HOLD'],
  ]),
]
