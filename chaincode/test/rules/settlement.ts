import { R02, R02Return, type PaymentFacts } from '../../src/rules/r02-payment-ceiling.js'
import { R06, R06Deposit } from '../../src/rules/r06-retention.js'
import { R29Days, R29Reviewed, R29Settlement, type SettlementFacts } from '../../src/rules/r29-settlement.js'
import { R30, type FinalAccountTimeFacts } from '../../src/rules/r30-final-account.js'
import { R31Balance, R31Time } from '../../src/rules/r31-balance.js'
import { R32, R32Clearance, R32Contract, R32Late, type ReleaseFacts } from '../../src/rules/r32-retention-release.js'
import { R41, R41Filing } from '../../src/rules/r41-acceptance.js'
import { acceptanceParties } from '@caizheng/records'
import { casesOf } from './rule-case.js'

/** 7,820 of 9,098 approved is paid; 273 are kept. */
const amounts = {
  submittedFen: 9380n,
  approvedFen: 9098n,
  paidFen: 7820n,
  payableFen: 1005n,
  cashRetentionFen: 273n,
  overpaidFen: 0n,
}
const chain = { vouchers: 13, head: 'a'.repeat(64) }
const approval: SettlementFacts = {
  ...amounts,
  recordedFen: 9380n,
  reviewedFen: 9098n,
  ledgerFen: 7820n,
  vouchersFen: 7820n,
  chain,
  seen: undefined,
}
/** After the settlement: its payment, and the release of what is kept. */
const payment: PaymentFacts = {
  ...{ kind: 'SETTLEMENT', grossFen: 1005n, recoveryFen: 0n, netFen: 1005n, linesFen: 1005n, priceFen: 9473n },
  ...{ changesBudgetFen: 0n, progressRateBp: 8500, certifiedFen: 9200n, grossBeforeFen: 7820n, cashBeforeFen: 7820n },
  ...{ advanceBeforeFen: 1800n, recoveredBeforeFen: 1800n, periodTaken: false, refundedFen: 0n },
  ...{ settlementBeforeFen: 0n, retentionBeforeFen: 0n },
  settlement: { approvedFen: 9098n, payableFen: 1005n, cashRetentionFen: 273n, signed: true },
}
const release: PaymentFacts = {
  ...payment,
  ...{ kind: 'RETENTION_RELEASE', grossFen: 200n, netFen: 200n, linesFen: 200n, cashBeforeFen: 8825n },
  settlementBeforeFen: 1005n,
}
const cleared: ReleaseFacts & { outcome: 'HOLD' | 'REJECT' } = {
  since: '2024-06-12',
  liabilityMonths: 24,
  on: '2026-06-12',
  openDefects: 0,
  signed: ['owner', 'supervision'],
  needed: ['supervision', 'owner'],
  outcome: 'HOLD',
}
const five = acceptanceParties.map((party) => ({ party, key: party }))
const review = { submittedOn: '2024-07-01', submittedFen: 499_999_999n, on: '2024-07-21' }
const completed: FinalAccountTimeFacts = { completedOn: '2024-06-03', on: '2024-09-03' }

export const settlement = [
  ...casesOf(R02, payment, [
    ['what the settlement leaves payable, after all progress', {}],
    ['progress after the settlement', { kind: 'PROGRESS', grossFen: 1n, netFen: 1n, linesFen: 1n }, 'KIND HOLD'],
    [
      'the settlement payment before contractor and owner have signed',
      { settlement: { approvedFen: 9098n, payableFen: 1005n, cashRetentionFen: 273n, signed: false } },
      'SIGNED HOLD',
    ],
    [
      'the settlement payment twice, out of what is kept',
      {
        ...{ grossFen: 5n, netFen: 5n, linesFen: 5n, settlementBeforeFen: 5n },
        settlement: { approvedFen: 9098n, payableFen: 5n, cashRetentionFen: 273n, signed: true },
      },
      'PAYABLE HOLD',
    ],
    ['the settlement payment where an over-payment came back', { cashBeforeFen: 7900n, refundedFen: 80n }],
  ]),
  ...casesOf(R02, release, [
    ['a part of the retention', {}],
    ['the rest of the retention', { retentionBeforeFen: 73n, cashBeforeFen: 8898n }],
    [
      'a fen more than the rest of the retention, however little was paid',
      { retentionBeforeFen: 74n, cashBeforeFen: 0n },
      'RETENTION HOLD',
    ],
  ]),
  ...casesOf(R02Return, { overpaidFen: 100n, returnedFen: 0n, returnBy: '2024-08-25', today: '2024-08-25' }, [
    ['an over-payment that is out on the last day of its return', {}],
    ['an over-payment that is out a day later', { today: '2024-08-26' }, 'RETURN ALERT'],
    ['a return that lacks a fen', { today: '2024-08-26', returnedFen: 99n }, 'RETURN ALERT'],
    ['an over-payment that came back', { today: '2025-08-26', returnedFen: 100n }],
  ]),
  ...casesOf(R06, { approvedFen: 9098n, cashRetentionFen: 272n, guaranteeFen: 0n, heldFen: 0n }, [
    ['retention in cash just under 3 %', {}],
    ['retention in cash just over 3 %', { cashRetentionFen: 273n }, 'MOST REJECT'],
    ['a letter of guarantee for it', { cashRetentionFen: 0n, guaranteeFen: 272n, heldFen: 272n }],
    ['a letter and cash', { cashRetentionFen: 1n, guaranteeFen: 1n, heldFen: 1n }, 'BOTH REJECT'],
    ['a letter that nobody holds', { cashRetentionFen: 0n, guaranteeFen: 272n }, 'HELD REJECT'],
    ['cash, and nothing said of a letter that is held', { heldFen: 272n }, 'HELD REJECT'],
    ['neither', { cashRetentionFen: 0n }],
  ]),
  ...casesOf(R06Deposit, { cashRetentionFen: 0n, amountFen: 272n }, [
    ['a quality deposit where no cash is kept', {}],
    ['a quality deposit after a settlement that keeps cash', { cashRetentionFen: 1n }, 'BESIDE_CASH REJECT'],
  ]),
  ...casesOf(R29Reviewed, { submittedFen: 9380n, approvedFen: 9380n }, [
    ['a consultant who cuts nothing', {}],
    ['a consultant who finds a fen more than was submitted', { approvedFen: 9381n }, 'REVIEW REJECT'],
  ]),
  ...casesOf(R29Settlement, approval, [
    ['an approval that is made up of what was paid, is payable and is kept', {}],
    ['another amount than was submitted', { submittedFen: 9381n }, 'SUBMITTED REJECT'],
    ['another amount than the consultant reviewed', { approvedFen: 9099n, payableFen: 1006n }, 'REVIEWED REJECT'],
    ['a fen less paid than the ledger has', { paidFen: 7819n, payableFen: 1006n }, 'PAID REJECT'],
    ['a payable that leaves a fen open', { payableFen: 1004n }, 'SUM REJECT'],
    ['a payment that was applied for and has no voucher yet', { vouchersFen: 7000n }, 'VOUCHERS REJECT'],
    [
      'an over-payment that comes back',
      { ledgerFen: 9000n, vouchersFen: 9000n, paidFen: 9000n, payableFen: 0n, overpaidFen: 175n },
    ],
    ['an over-payment beside something payable', { payableFen: 1006n, overpaidFen: 1n }, 'OVERPAID REJECT'],
    ['the chain as the approver saw it', { seen: chain }],
    ['the head of other vouchers', { seen: { ...chain, head: 'b'.repeat(64) } }, 'CHAIN REJECT'],
    ['one voucher more than the approver saw', { seen: { ...chain, vouchers: 12 } }, 'CHAIN REJECT'],
  ]),
  ...casesOf(R29Days, review, [
    ['a review of less than 5 million yuan in 20 days', {}],
    ['a review of less than 5 million yuan in 21 days', { on: '2024-07-22' }, 'DAYS ALERT'],
    ['a review of 5 million yuan in 30 days', { submittedFen: 500_000_000n, on: '2024-07-31' }],
    ['a review of 5 million yuan in 31 days', { submittedFen: 500_000_000n, on: '2024-08-01' }, 'DAYS ALERT'],
    ['a review of 20 million yuan in 45 days', { submittedFen: 2_000_000_000n, on: '2024-08-15' }],
    ['a review of 50 million yuan in 60 days', { submittedFen: 5_000_000_000n, on: '2024-08-30' }],
    ['a review of 50 million yuan in 61 days', { submittedFen: 5_000_000_000n, on: '2024-08-31' }, 'DAYS ALERT'],
  ]),
  ...casesOf(R30, completed, [
    ['a final account three months after completion', {}],
    ['a final account a day later', { on: '2024-09-04' }, 'ALERT'],
    ['a small project that was granted two months more', { on: '2024-11-03', extension: 'SMALL_MEDIUM' }],
    ['a small project a day after these', { on: '2024-11-04', extension: 'SMALL_MEDIUM' }, 'ALERT'],
    ['a large project that was granted six months more', { on: '2025-03-03', extension: 'LARGE' }],
  ]),
  ...casesOf(R31Balance, { fundedFen: 1030n, totalFen: 1030n }, [
    ['a final account of all that the quotas gave', {}],
    ['a final account of a fen more', { totalFen: 1031n }, 'BALANCE REJECT'],
  ]),
  ...casesOf(R31Time, { acceptedOn: '2024-06-12', balanceFen: 13n, returnedFen: 0n, today: '2024-09-12' }, [
    ['a balance that is out three months after acceptance', {}],
    ['a balance that is out a day later', { today: '2024-09-13' }, 'RETURN ALERT'],
    ['a balance of which a fen is out', { today: '2024-09-13', returnedFen: 12n }, 'RETURN ALERT'],
    ['a balance that was returned', { today: '2025-09-13', returnedFen: 13n }],
  ]),
  ...casesOf(R32, cleared, [
    ['retention on the last day of the liability period, with no defect open', {}],
    ['retention a day early', { on: '2026-06-11' }, 'EARLY HOLD'],
    ['retention before the acceptance', { since: undefined }, 'EARLY HOLD'],
    ['retention while a defect is open', { openDefects: 1 }, 'DEFECTS HOLD'],
    ['retention without the word of supervision', { signed: ['owner'] }, 'CLEARANCE HOLD'],
    ['retention without the word of the owner', { signed: ['supervision'] }, 'CLEARANCE HOLD'],
    ['a longer period than may be agreed, which ends as the longest that may', { liabilityMonths: 36 }],
    ['a guarantee a day early', { on: '2026-06-11', outcome: 'REJECT' }, 'EARLY REJECT'],
  ]),
  ...casesOf(R32Contract, { liabilityMonths: 24 }, [
    ['a contract with a liability period of 24 months', {}],
    ['a contract with a liability period of 25 months', { liabilityMonths: 25 }, 'MONTHS WARN'],
  ]),
  ...casesOf(R32Clearance, { counted: 0, open: [] }, [
    ['a clearance where no defect is open', {}],
    ['a clearance while a defect is open', { open: ['D-1'] }, 'OPEN REJECT'],
    ['a clearance that counts a defect itself', { counted: 1 }, 'OPEN REJECT'],
  ]),
  ...casesOf(R32Late, { since: '2024-06-12', liabilityMonths: 24, today: '2026-06-12', heldFen: 273n }, [
    ['retention that is held on the last day of the period', {}],
    ['retention that is held a day later', { today: '2026-06-13' }, 'LATE ALERT'],
    ['nothing held, however late', { today: '2030-06-13', heldFen: 0n }],
  ]),
  ...casesOf(R41, { needed: acceptanceParties, signatures: five, testReports: true }, [
    ['an acceptance with five signatures and the test reports', {}],
    ['an acceptance with four signatures', { signatures: five.slice(1) }, 'SIGNATURES REJECT'],
    [
      'an acceptance that one person signed for two',
      { signatures: five.map((one) => (one.party === 'survey' ? { ...one, key: 'design' } : one)) },
      'PERSONS REJECT',
    ],
    ['an acceptance without test reports', { testReports: false }, 'TEST_REPORTS REJECT'],
    ['an acceptance of goods by owner and contractor', { needed: ['owner', 'contractor'] }],
  ]),
  ...casesOf(R41Filing, { acceptedOn: '2024-06-12', on: '2024-06-27' }, [
    ['a filing 15 days after acceptance', {}],
    ['a filing 16 days after acceptance', { on: '2024-06-28' }, 'FILING ALERT'],
  ]),
]
