import { R14, R14Kind } from '../../src/rules/r14-gates.js'
import { R15 } from '../../src/rules/r15-estimate-overrun.js'
import { R16 } from '../../src/rules/r16-estimate-increase.js'
import { R17 } from '../../src/rules/r17-reallocation.js'
import { R18 } from '../../src/rules/r18-duties.js'
import { R33Award, R33Notice, R33Signing } from '../../src/rules/r33-tender.js'
import { R35 } from '../../src/rules/r35-deposits.js'
import { R36, R36Items, type ChangedItem } from '../../src/rules/r36-change-levels.js'
import { R46Confirmation, R46Proposal } from '../../src/rules/r46-special-approval.js'
import { R47Confirmation, R47Record } from '../../src/rules/r47-opening-balance.js'
import { casesOf } from './rule-case.js'

const [firm, owner] = ['91330100799655058B', '12331003000001011C']
const greening = { subItem: 'greening', parent: 'works', amountFen: 1000n, committedFen: 700n }
const security = { subItem: 'security', parent: 'works', amountFen: 500n, committedFen: 500n }
const survey = { subItem: 'survey', parent: 'other', amountFen: 100n, committedFen: 0n }
const move = { fromSubItem: 'greening', toSubItem: 'security', amountFen: 300n }
const persons = [
  { duty: 'creator', key: 'a', uscc: firm },
  { duty: 'approver', key: 'b', uscc: owner },
]
const notice = {
  category: 'WORKS' as 'WORKS' | 'GOODS' | 'SERVICES',
  ceilingFen: 400_000_000n,
  noticeDate: '2023-04-01',
  bidDeadline: '2023-04-21',
}
const award = {
  ...notice,
  candidateNoticeStart: '2023-04-22',
  candidateNoticeEnd: '2023-04-24',
  awardDate: '2023-04-25',
  winningPriceFen: 400_000_000n,
  winningBidFen: 400_000_000n as bigint | undefined,
}
const won = { awardDate: '2023-05-01', winningPriceFen: 400_000_000n, winnerUscc: firm }
const signing = {
  category: notice.category,
  priceFen: 400_000_000n,
  signedOn: '2023-05-31',
  contractorUscc: firm,
  award: won as typeof won | undefined,
}
const line = { unit: 'm2', unitPriceFen: '900', subItem: 'pavement' }
const changedItem: ChangedItem = {
  ...{ itemCode: '040203006001', changed: line, bill: line, leftMilli: 600n, measuredMilli: 600n, lessened: true },
}
const change = {
  fundedBy: 'PROVISIONAL' as 'PROVISIONAL' | 'NEW_BUDGET',
  amountFen: 500n,
  provisionalUsedFen: 100n,
  provisionalLeftFen: 500n,
  cumulativeFen: 1000n,
  priceFen: 10_000n,
  siteOrScopeChange: false,
  signed: ['OWNER_PROJECT_LEAD', 'CHIEF_SUPERVISION_ENGINEER'],
}

export const lifecycle = [
  ...casesOf(R14Kind, { kind: 'GOODS', kinds: ['GOODS', 'SERVICES'] }, [
    ['a contract for goods in a procurement', {}],
    ['a contract for works in a procurement', { kind: 'WORKS' }, 'KIND REJECT'],
  ]),
  ...casesOf(R14, { step: 'START', on: '2023-06-01', gates: { CONTRACT: '2023-06-01' }, needs: ['CONTRACT'] }, [
    ['a step on the day of the gate that it needs', {}],
    ['a step without the gate that it needs', { gates: {} }, 'GATE_MISSING REJECT'],
    ['a step dated a day before its gate', { on: '2023-05-31' }, 'INVERSION FLAG'],
    ['a step that needs nothing', { needs: [], gates: {} }],
  ]),
  ...casesOf(R15, { investmentEstimateFen: 1000n, approvedEstimateFen: 1100n }, [
    ['an estimate of 110 % of the feasibility', {}],
    ['an estimate one fen under 110 %', { approvedEstimateFen: 1099n }],
    ['an estimate one fen over 110 %', { approvedEstimateFen: 1101n }, 'HOLD'],
  ]),
  ...casesOf(
    R16,
    {
      beforeFen: 1000n,
      afterFen: 1099n,
      fundSource: '县级财政',
      auditReportDigest: undefined as string | undefined,
    },
    [
      ['an increase of a fen under 10 % with its fund source', {}],
      ['an increase without a fund source', { fundSource: undefined }, 'FUND_SOURCE REJECT'],
      ['an increase of 10 % without an audit report', { afterFen: 1100n }, 'AUDIT_REPORT REJECT'],
      ['an increase of 10 % with an audit report', { afterFen: 1100n, auditReportDigest: 'a' }],
      ['an estimate that stays, which needs neither', { afterFen: 1000n, fundSource: undefined }],
      ['a decrease, which needs neither', { afterFen: 999n, fundSource: undefined }],
    ],
  ),
  ...casesOf(R17, { items: [greening, security, survey], moves: [move] }, [
    ['greening gives security all that is not committed', {}],
    ['greening gives one fen of what is committed', { moves: [{ ...move, amountFen: 301n }] }, 'COMMITTED REJECT'],
    ['money to another purpose class', { moves: [{ ...move, toSubItem: 'survey' }] }, 'PURPOSE REJECT'],
    [
      'money to a sub-item that there is not',
      { moves: [{ ...move, toSubItem: 'sculpture' }] },
      'SUB_ITEM REJECT',
      'PURPOSE REJECT',
    ],
    [
      'money that goes there and back in one reallocation',
      {
        moves: [
          { ...move, amountFen: 900n },
          { fromSubItem: 'security', toSubItem: 'greening', amountFen: 900n },
        ],
      },
    ],
    [
      'two moves that only together take what is committed',
      {
        moves: [
          { ...move, amountFen: 200n },
          { ...move, amountFen: 101n },
        ],
      },
      'COMMITTED REJECT',
    ],
  ]),
  ...casesOf(R18, { persons, creatorUscc: firm, approverUsccs: [owner] }, [
    ['a creator and an approver of another organisation', {}],
    [
      'one key in two duties',
      { persons: [persons[0] as never, { duty: 'approver', key: 'a', uscc: owner }] },
      'TWO_DUTIES REJECT',
    ],
    ["approvers of the creator's organisation only", { approverUsccs: [firm] }, 'OTHER_ORGANISATION REJECT'],
    ["an approver of the creator's organisation beside another", { approverUsccs: [firm, owner] }],
    ['no approver', { approverUsccs: [] }, 'OTHER_ORGANISATION REJECT'],
  ]),
  ...casesOf(R33Notice, notice, [
    ['20 days for bids, for works that must be tendered', {}],
    ['19 days for bids', { bidDeadline: '2023-04-20' }, 'BID_DAYS REJECT'],
    ['19 days for bids, one fen under the threshold', { bidDeadline: '2023-04-20', ceilingFen: 399_999_999n }],
    [
      'goods from their threshold on',
      { category: 'GOODS', ceilingFen: 200_000_000n, bidDeadline: '2023-04-20' },
      'BID_DAYS REJECT',
    ],
    ['goods one fen under their threshold', { category: 'GOODS', ceilingFen: 199_999_999n, bidDeadline: '2023-04-20' }],
    [
      'services from their threshold on',
      { category: 'SERVICES', ceilingFen: 100_000_000n, bidDeadline: '2023-04-20' },
      'BID_DAYS REJECT',
    ],
    [
      'services one fen under their threshold',
      { category: 'SERVICES', ceilingFen: 99_999_999n, bidDeadline: '2023-04-20' },
    ],
  ]),
  ...casesOf(R33Award, award, [
    ["candidates' notice of three days, at the ceiling", {}],
    ["candidates' notice of two days", { candidateNoticeEnd: '2023-04-23' }, 'CANDIDATE_DAYS REJECT'],
    [
      'a price one fen over the ceiling',
      { winningPriceFen: 400_000_001n, winningBidFen: 400_000_001n },
      'CEILING REJECT',
    ],
    ["a price that is not the winner's bid", { winningBidFen: 399_999_999n }, 'WINNING_BID REJECT'],
    ['a winner that did not bid', { winningBidFen: undefined }, 'WINNING_BID REJECT'],
    ['an award on the day of the deadline', { awardDate: '2023-04-21' }],
    ['an award before the deadline', { awardDate: '2023-04-20' }, 'AWARD_DAY REJECT'],
  ]),
  ...casesOf(R33Signing, signing, [
    ['a contract signed 30 days after its award', {}],
    ['a contract signed on the day of its award', { signedOn: '2023-05-01' }],
    ['a contract signed 31 days after its award', { signedOn: '2023-06-01' }, 'SIGNING_DAYS REJECT'],
    ['a contract signed before its award', { signedOn: '2023-04-30' }, 'SIGNING_DAYS REJECT'],
    ['a price one fen off the award', { priceFen: 399_999_999n }, 'PRICE REJECT'],
    ['another firm than the winner', { contractorUscc: owner }, 'WINNER REJECT'],
    ['works at the threshold without a tender', { award: undefined }, 'TENDER REJECT'],
    ['works one fen under the threshold without a tender', { award: undefined, priceFen: 399_999_999n }],
  ]),
  ...casesOf(R35, { kind: 'PERFORMANCE', amountFen: 1000n, ceilingFen: undefined, priceFen: 10_000n }, [
    ['a performance deposit of 10 % of the price', {}],
    ['a performance deposit one fen under 10 %', { amountFen: 999n }],
    ['a performance deposit one fen over 10 %', { amountFen: 1001n }, 'PERFORMANCE REJECT'],
    ["a bid deposit of 2 % of the tender's ceiling", { kind: 'BID', amountFen: 240n, ceilingFen: 12_000n }],
    ['a bid deposit one fen over 2 %', { kind: 'BID', amountFen: 241n, ceilingFen: 12_000n }, 'BID REJECT'],
    ['a quality deposit, which this rule does not bound', { kind: 'QUALITY', amountFen: 5000n }],
  ]),
  ...casesOf(R36, change, [
    ['a change of all that is left of the provisional sum, at 10 %, signed by owner and chief', {}],
    ['a change one fen over what is left of the provisional sum', { amountFen: 501n }, 'PROVISIONAL REJECT'],
    ['a change that gives back all that changes took of the provisional sum', { amountFen: -100n }],
    ['a change that gives back one fen more', { amountFen: -101n }, 'PROVISIONAL REJECT'],
    ['changes one fen over 10 % without finance', { cumulativeFen: 1001n }, 'SIGNATURES REJECT'],
    [
      'changes one fen over 10 % with finance',
      { cumulativeFen: 1001n, signed: [...change.signed, 'FINANCE_REVIEWER'] },
    ],
    ['a change that the budget pays without finance', { fundedBy: 'NEW_BUDGET' }, 'SIGNATURES REJECT'],
    ['a change of scope without the original approver', { siteOrScopeChange: true }, 'SIGNATURES REJECT'],
    [
      'a change of scope with the original approver',
      { siteOrScopeChange: true, signed: [...change.signed, 'DEVELOPMENT_OFFICER'] },
    ],
    ['a change without the chief supervision engineer', { signed: ['OWNER_PROJECT_LEAD'] }, 'SIGNATURES REJECT'],
  ]),
  ...casesOf(R36Items, { items: [changedItem] }, [
    ['an item at its price, taken back to what is measured', {}],
    ['an item taken back by a thousandth more', { items: [{ ...changedItem, leftMilli: 599n }] }, 'MEASURED REJECT'],
    ['more of an item that is over-measured', { items: [{ ...changedItem, leftMilli: 599n, lessened: false }] }],
    [
      'an item at another price',
      { items: [{ ...changedItem, changed: { ...line, unitPriceFen: '901' } }] },
      'BILL REJECT',
    ],
    ['an item in another unit', { items: [{ ...changedItem, changed: { ...line, unit: 't' } }] }, 'BILL REJECT'],
    [
      'an item of another sub-item',
      { items: [{ ...changedItem, changed: { ...line, subItem: 'lamps' } }] },
      'BILL REJECT',
    ],
    ['a new item', { items: [{ ...changedItem, bill: undefined, leftMilli: 1n, measuredMilli: 0n, lessened: false }] }],
    [
      'less of an item that there is not',
      { items: [{ ...changedItem, bill: undefined, leftMilli: -1n, measuredMilli: 0n }] },
      'MEASURED REJECT',
    ],
  ]),
  ...casesOf(R46Proposal, { overridden: ['R11'], holding: ['R11'], document: true }, [
    ['a proposal with its document that names every rule that holds', {}],
    ['a proposal without the deciding document', { document: false }, 'DOCUMENT REJECT'],
    ['a proposal that leaves a rule out', { holding: ['R08', 'R11'] }, 'RULES REJECT'],
    ...['R01', 'R02', 'R07', 'R09', 'R45'].map(
      (id) => [`a proposal to override ${id}`, { overridden: [id], holding: [id] }, 'NEVER REJECT'] as const,
    ),
  ]),
  ...casesOf(R46Confirmation, { proposer: { key: 'a', uscc: firm }, confirmer: { key: 'b', uscc: owner } }, [
    ['a confirmation by a person of another organisation', {}],
    ['a confirmation by a colleague', { confirmer: { key: 'b', uscc: firm } }, 'SECOND_PERSON REJECT'],
    ['a confirmation by the same person', { confirmer: { key: 'a', uscc: owner } }, 'SECOND_PERSON REJECT'],
  ]),
  ...casesOf(
    R47Record,
    { underWay: true, asOf: '2024-01-31', today: '2024-01-31', advanceFen: 100n, recoveredFen: 100n },
    [
      ['the balance of a project under way, as of today', {}],
      ['a balance as of tomorrow', { asOf: '2024-02-01' }, 'AS_OF REJECT'],
      ['more recovered than advanced', { recoveredFen: 101n }, 'RECOVERED REJECT'],
      ['the balance of a project that began on the chain', { underWay: false }, 'UNDER_WAY REJECT'],
    ],
  ),
  ...casesOf(R47Confirmation, { ownerUscc: owner, confirmerUscc: '113310030000000191' }, [
    ["finance's signature under a balance", {}],
    ["the owner's second signature under it", { confirmerUscc: owner }, 'SECOND_SIGNATURE REJECT'],
  ]),
]
