import { R07Application, R07Signature } from '../../src/rules/r07-chief-signature.js'
import { R08Measure } from '../../src/rules/r08-measure.js'
import { R08, type MatchFacts } from '../../src/rules/r08-three-way.js'
import { R09 } from '../../src/rules/r09-invoice-owner.js'
import { R10 } from '../../src/rules/r10-invoice-arithmetic.js'
import { R11 } from '../../src/rules/r11-tax-attestation.js'
import { R12 } from '../../src/rules/r12-bill-quantities.js'
import { R19Application, R19Payees, R19Registration } from '../../src/rules/r19-account.js'
import { R20 } from '../../src/rules/r20-wages.js'
import { casesOf } from './rule-case.js'

const [firm, other] = ['91330100799655058B', '9144030071526726XG']
const digest = 'a'.repeat(64)
const invoice: MatchFacts['invoices'][number] = {
  invoiceNo: '24332000000000000001',
  kind: 'VAT',
  sellerUscc: firm,
  buyerUscc: other,
  projectCode: 'P',
  grossFen: 1000n,
  redLetterFen: 100n,
  usedFen: 500n,
  addedFen: 400n,
}
const match: MatchFacts = {
  kind: 'PROGRESS',
  projectCode: 'P',
  contractorUscc: firm,
  ownerUscc: other,
  invoices: [invoice],
  without: [],
  unknown: [],
  certifiedFen: 900n,
  measuredFen: 900n,
}
const line = { itemCode: '040203006001', qtyMilli: 1500n, unitPriceFen: 333n, amountFen: 500n }
const measure = {
  lines: [line],
  certifiedFen: 500n,
  lastPeriod: 1,
  periodNo: 2,
  periodStart: '2024-03-01',
  periodEnd: '2024-03-31',
  lastEnd: '2024-02-29' as string | undefined,
}
const arithmetic = {
  invoiceNo: '24332000000000000001',
  issueDate: '2024-03-31',
  today: '2024-03-31',
  netFen: 10_005n,
  taxFen: 900n,
  grossFen: 10_905n,
  taxRateBp: 900,
  lineCount: 2,
}
const HOUR = 3_600_000
const attestation = { status: 'NORMAL', checkedGrossFen: 1000n, at: 0 }
const attested = { invoiceNo: 'I', grossFen: 1000n, attestation }
const item = { itemCode: 'I', billMilli: 10_000n, changedMilli: 1500n, measuredMilli: 11_000n, addedMilli: 500n }
const paid = { lineNo: 1, account: 'COMPANY', accountDigest: digest }

export const matching = [
  ...casesOf(R07Signature, { role: 'CHIEF_SUPERVISION_ENGINEER', uscc: firm, supervisionFirmUscc: firm }, [
    ["the signature of the contract's chief supervision engineer", {}],
    ["the signature of another firm's chief", { uscc: other }, 'SIGNER REJECT'],
    ["the signature of the firm's other engineer", { role: 'SUPERVISION_ENGINEER' }, 'SIGNER REJECT'],
    ['any signature where the contract has no supervision', { supervisionFirmUscc: undefined }, 'SIGNER REJECT'],
  ]),
  ...casesOf(R07Application, { signed: true, periodNo: 2 }, [
    ['a payment for a signed measure', {}],
    ['a payment for a measure without signature', { signed: false }, 'UNSIGNED HOLD'],
  ]),
  ...casesOf(R08, match, [
    ['contract, measure and invoice that say the same, to the last fen of the invoice', {}],
    ['a line without an invoice', { without: [2] }, 'NO_INVOICE HOLD'],
    [
      'one fen more than the invoice bears after its red letter',
      { invoices: [{ ...invoice, addedFen: 401n }] },
      'AMOUNT HOLD',
    ],
    ['one fen less than the invoice bears', { invoices: [{ ...invoice, addedFen: 399n }] }],
    ['a certified amount one fen off the measure', { certifiedFen: 901n }, 'MEASURE HOLD'],
    ['a period without a measure', { measuredFen: undefined }, 'MEASURE HOLD'],
    ['an invoice that nobody registered', { invoices: [], unknown: ['I9'] }, 'INVOICE HOLD'],
    ['an invoice of another seller', { invoices: [{ ...invoice, sellerUscc: other }] }, 'PARTIES HOLD'],
    ['an invoice to another buyer', { invoices: [{ ...invoice, buyerUscc: firm }] }, 'PARTIES HOLD'],
    ['an invoice of another project', { invoices: [{ ...invoice, projectCode: 'Q' }] }, 'PARTIES HOLD'],
    ['a prepayment invoice for progress', { invoices: [{ ...invoice, kind: 'PREPAYMENT' }] }, 'KIND HOLD'],
    ['a VAT invoice for an advance', { kind: 'ADVANCE' }, 'KIND HOLD'],
    ['a prepayment invoice for an advance', { kind: 'ADVANCE', invoices: [{ ...invoice, kind: 'PREPAYMENT' }] }],
  ]),
  ...casesOf(R08Measure, measure, [
    ['a measure whose lines round half up and sum to the fen', {}],
    [
      'a line one fen over quantity by price',
      { lines: [{ ...line, amountFen: 501n }], certifiedFen: 501n },
      'LINE REJECT',
    ],
    ['a line rounded down', { lines: [{ ...line, amountFen: 499n }], certifiedFen: 499n }, 'LINE REJECT'],
    ['a certified amount one fen off the sum of its lines', { certifiedFen: 501n }, 'SUM REJECT'],
    ['a period left out', { periodNo: 3 }, 'PERIOD REJECT'],
    ['the same period again', { periodNo: 1 }, 'PERIOD REJECT'],
    ['a period that begins on the last day of the one before', { periodStart: '2024-02-29' }, 'DAYS REJECT'],
    ['a period that ends before it begins', { periodEnd: '2024-02-28' }, 'DAYS REJECT'],
    ['the first period, of one day', { lastPeriod: 0, periodNo: 1, periodEnd: '2024-03-01', lastEnd: undefined }],
  ]),
  ...casesOf(
    R09,
    {
      bound: { projectCode: 'P', contractNo: 'C' },
      presented: { projectCode: 'P', contractNo: 'C' },
      claims: undefined,
      outcome: 'HOLD',
    },
    [
      ['an invoice in its own contract', {}],
      ['an invoice that is new', { bound: undefined }],
      ['an invoice of another contract, applied for', { presented: { projectCode: 'P', contractNo: 'D' } }, 'HOLD'],
      [
        'an invoice of another project, registered',
        { presented: { projectCode: 'Q', contractNo: 'C' }, outcome: 'REJECT' },
        'REJECT',
      ],
      [
        'an invoice in its own contract that another has presented',
        { claims: [{ projectCode: 'Q', contractNo: 'D' }] },
        'PRESENTED_ELSEWHERE FLAG',
      ],
    ],
  ),
  ...casesOf(R10, arithmetic, [
    ['an invoice with its tax to the fen, on the day of its issue', {}],
    ['a tax off by a fen for each line', { taxFen: 902n, grossFen: 10_907n }],
    ['a tax off by one fen more', { taxFen: 903n, grossFen: 10_908n }, 'TAX REJECT'],
    ['a tax short by one fen more', { taxFen: 897n, grossFen: 10_902n }, 'TAX REJECT'],
    ['a sum that is one fen off', { grossFen: 10_906n }, 'SUM REJECT'],
    ['a number of another year', { invoiceNo: '23332000000000000001' }, 'YEAR REJECT'],
    ['an invoice of tomorrow', { issueDate: '2024-04-01' }, 'DAY REJECT'],
  ]),
  ...casesOf(R11, { invoices: [attested], now: 24 * HOUR }, [
    ['an invoice attested 24 hours ago', {}],
    ['an invoice attested a millisecond longer ago', { now: 24 * HOUR + 1 }, 'AGE HOLD'],
    [
      'an invoice that the tax office was not asked about',
      { invoices: [{ ...attested, attestation: undefined }] },
      'NONE HOLD',
    ],
    ...(['RED_LETTER', 'VOIDED', 'NOT_FOUND'] as const).map(
      (status) =>
        [
          `an invoice of status ${status}`,
          { invoices: [{ ...attested, attestation: { ...attestation, status } }] },
          'STATUS HOLD',
        ] as const,
    ),
    [
      'an attested amount one fen off',
      { invoices: [{ ...attested, attestation: { ...attestation, checkedGrossFen: 1001n } }] },
      'AMOUNT HOLD',
    ],
    ['no invoice', { invoices: [] }],
  ]),
  ...casesOf(R12, { items: [item], unknown: [] }, [
    ['the last thousandth of an item and its change of 15 %', {}],
    ['one thousandth over an item and its change', { items: [{ ...item, addedMilli: 501n }] }, 'QUANTITY REJECT'],
    ['a change of more than 15 %', { items: [{ ...item, changedMilli: 1501n }] }, 'DRIFT FLAG'],
    ['a reduction of more than 15 %', { items: [{ ...item, changedMilli: -1501n, measuredMilli: 0n }] }, 'DRIFT FLAG'],
    ['an item that a change brought', { items: [{ ...item, billMilli: 0n, measuredMilli: 0n, addedMilli: 1500n }] }],
    ['an item that is not in the bill', { unknown: ['X'] }, 'ITEM REJECT'],
  ]),
  ...casesOf(R19Payees, { payees: ['COMPANY', 'WAGE', 'COMPANY'], persons: false, outcome: 'HOLD' }, [
    ["the contractor's accounts, one of them twice", {}],
    ["a person's account where firms are paid", { payees: ['P0123456789abcdef'] }, 'PAYEE HOLD'],
    ['persons under pseudonyms, each once', { payees: ['P0123456789abcdef', 'P0123456789abcde0'], persons: true }],
    ["a firm's account where persons are paid", { payees: ['COMPANY'], persons: true }, 'PAYEE HOLD'],
    [
      'a person twice in one batch',
      { payees: ['P0123456789abcdef', 'P0123456789abcdef'], persons: true },
      'TWICE HOLD',
    ],
  ]),
  ...casesOf(R19Registration, { given: digest, computed: digest }, [
    ['an account whose digest is that of its number and salt', {}],
    ['an account with another digest', { computed: 'b'.repeat(64) }, 'DIGEST REJECT'],
  ]),
  ...casesOf(R19Application, { lines: [paid], registered: { COMPANY: digest }, frozenBy: undefined, outcome: 'HOLD' }, [
    ['lines to the registered account', {}],
    [
      'a line to another account',
      { lines: [paid, { ...paid, lineNo: 2, accountDigest: 'b'.repeat(64) }] },
      'ACCOUNT HOLD',
    ],
    ['a line to a kind of account that is not registered', { lines: [{ ...paid, account: 'WAGE' }] }, 'ACCOUNT HOLD'],
    ["lines to the firm under a court's freeze", { frozenBy: 'F' }, 'FROZEN HOLD'],
    ["the approval of such lines under a court's freeze", { frozenBy: 'F', outcome: 'REJECT' }, 'FROZEN REJECT'],
    [
      "wages beside other lines under a court's freeze",
      {
        lines: [paid, { ...paid, lineNo: 2, account: 'WAGE' }],
        ...{ registered: { COMPANY: digest, WAGE: digest }, frozenBy: 'F' },
      },
      'FROZEN FLAG',
    ],
    [
      "wages under a court's freeze",
      { lines: [{ ...paid, account: 'WAGE' }], registered: { WAGE: digest }, frozenBy: 'F' },
    ],
  ]),
  ...casesOf(R20, { kind: 'PROGRESS', grossFen: 999n, wageRateBp: 2000, wageFen: 199n, periodDays: 32 }, [
    ['the wage part of a progress payment, rounded down', {}],
    ['a wage part one fen over', { wageFen: 200n }, 'HOLD'],
    ['a wage part one fen under', { wageFen: 198n }, 'HOLD'],
    ['wages out of an advance', { kind: 'ADVANCE' }, 'HOLD'],
    ['an advance without wages', { kind: 'ADVANCE', wageFen: 0n }],
    ['a settlement without wages', { kind: 'SETTLEMENT', wageFen: 0n }],
  ]),
  ...casesOf(
    R20,
    { kind: 'PROGRESS', grossFen: 999n, wageRateBp: 2000, wageFen: 199n, periodDays: 31 },
    [
      ['a period of 31 days where wages are paid by the month', {}],
      ['a period of 32 days where wages are paid by the month', { periodDays: 32 }, 'MONTH WARN'],
      ['an advance, which has no period', { kind: 'ADVANCE', wageFen: 0n, periodDays: undefined }],
    ],
    { 'R20.certificatePeriodMonthly': true },
  ),
]
