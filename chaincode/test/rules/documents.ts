import {
  applicationRequest,
  organisationRequest,
  projectRequest,
  type Anchor,
  type AnchorRequest,
} from '@caizheng/records'
import { judgeNewAnchor, judgeRepeatedAnchor } from '../../src/rules/evidence/anchor.js'
import { R24Document, R24Photos } from '../../src/rules/r24-reuse.js'
import { R25 } from '../../src/rules/r25-document-number.js'
import { R26Bill } from '../../src/rules/r26-bill.js'
import { R38 } from '../../src/rules/r38-evidence.js'
import { R39 } from '../../src/rules/r39-weights.js'
import { casesOf, formCase, type RuleCase } from './rule-case.js'

const document: AnchorRequest = {
  project: '2303-331003-04-01-000001',
  type: 'CONTRACT',
  number: 'HT-2026-001',
  issuer: '12331003000001011C',
  digests: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
  size: 1,
  provenance: { sourceSystem: '合同管理系统', generatedAt: '2026-11-23', generator: '导出 4.2' },
}
const time = '2026-11-23T02:04:31.000Z'
const anchor: Anchor = {
  kind: 'anchor',
  version: 1,
  network: 'd'.repeat(64),
  id: 'e'.repeat(64),
  ...document,
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64), key: '0'.repeat(64) },
  time,
  tx: '1'.repeat(64),
}

function anchorCase(title: string, judge: () => readonly { readonly code: string }[], ...gives: string[]): RuleCase {
  return { rule: 'R23', title, gives, judge: () => judge().map(({ code }) => `${code} REJECT`) }
}

const project = { projectCode: document.project, name: '示范一路改造工程', ownerUscc: document.issuer }
const organisation = {
  ...{ orgId: 'A', name: '某公司', kind: 'contractor', uscc: '91330100799655058B', msp: 'PartiesMSP' },
}
const line = {
  ...{ lineNo: 1, budgetQuotaNo: 'Q', account: 'COMPANY', accountDigest: 'a'.repeat(64) },
  ...{ invoiceNo: '24332000000000000001', amountFen: '0' },
}
const application = (grossFen: unknown) => ({
  ...{ applicationNo: 'A', projectCode: document.project, contractNo: 'C', kind: 'ADVANCE' },
  ...{ grossFen, recoveryFen: '0', netFen: '0', lines: [line] },
})
const amount = (title: string, fen: unknown, ...gives: string[]) =>
  formCase('R26', `an amount ${title}`, () => applicationRequest.parse(application(fen)), ...gives)
const place = { projectCode: 'P', type: 'CONTRACT' }
const bill = { itemCode: 'I', qtyMilli: '1500', unitPriceFen: '333', amountFen: '500' }
const steel = { material: 'STEEL', neededMilliKg: 1_050_000n, weighedKg: 1000n }

export const documents = [
  anchorCase('a new document', () => judgeNewAnchor(document, undefined, time)),
  anchorCase('the same document with the same particulars again', () => judgeRepeatedAnchor(anchor, document)),
  anchorCase(
    'the same document with another number',
    () => judgeRepeatedAnchor(anchor, { ...document, number: 'HT-2026-002' }),
    'ANCHOR_CONFLICT REJECT',
  ),
  anchorCase(
    'a new version of what is not anchored',
    () => judgeNewAnchor({ ...document, previous: anchor.id }, undefined, time),
    'PREVIOUS_NOT_FOUND REJECT',
  ),
  ...casesOf(R24Photos, { elsewhere: [], photos: 3 }, [
    ['photos that nobody has seen', {}],
    [
      "a photo of another day's evidence",
      { elsewhere: [{ digest: 'a'.repeat(64), evidenceNo: 'E', contractNo: 'C' }] },
      'PHOTO FLAG',
    ],
  ]),
  ...casesOf(R24Document, { first: place, now: place }, [
    ['a document where it stood before', {}],
    ['a document that is new', { first: undefined }],
    ["another project's contract", { now: { ...place, projectCode: 'Q' } }, 'DOCUMENT FLAG'],
    ['a contract as a change order', { now: { ...place, type: 'CHANGE_ORDER' } }, 'DOCUMENT FLAG'],
    ["another project's invoice", { now: { projectCode: 'Q', type: 'INVOICE' } }, 'DOCUMENT REJECT'],
  ]),
  ...casesOf(R25, { name: 'CONTRACT HT-1', first: 'P', now: 'P' }, [
    ['a number again in its own project', {}],
    ['a number that is new', { first: undefined }],
    ["another project's number", { now: 'Q' }, 'FLAG'],
  ]),
  amount('of nothing', '0'),
  amount('of 10¹⁵ fen', '1000000000000000'),
  amount('one fen over 10¹⁵', '1000000000000001', 'REJECT'),
  amount('with a sign', '-1', 'REJECT'),
  amount('with a leading zero', '01', 'REJECT'),
  amount('as it was once found in a file', '334,518.948元', 'REJECT'),
  amount('with decimals', '1.00', 'REJECT'),
  ...casesOf(R26Bill, { lines: [bill], priceFen: 600n, provisionalFen: 100n }, [
    ['a bill whose lines round half up and sum with the provisional sum to the price', {}],
    ['a price one fen over', { priceFen: 601n }, 'SUM REJECT'],
    ['a price one fen under', { priceFen: 599n }, 'SUM REJECT'],
    ['a line one fen off', { lines: [{ ...bill, amountFen: '499' }], priceFen: 599n }, 'LINE REJECT'],
    ['an item twice', { lines: [bill, bill], priceFen: 1100n }, 'ITEM_TWICE REJECT'],
  ]),
  formCase('R27', 'a project code as the state gives it', () => projectRequest.parse(project)),
  ...['2303-331003-04-01-00001', '2303-33100-04-01-000001', '2303331003040100001', '23O3-331003-04-01-000001'].map(
    (projectCode) =>
      formCase('R27', `${projectCode}`, () => projectRequest.parse({ ...project, projectCode }), 'REJECT'),
  ),
  formCase('R28', 'a credit code with its check character', () => organisationRequest.parse(organisation)),
  formCase(
    'R28',
    'a credit code with another check character',
    () => organisationRequest.parse({ ...organisation, uscc: '91330100799655058C' }),
    'REJECT',
  ),
  formCase(
    'R28',
    'a credit code with a letter that codes do not have',
    () => organisationRequest.parse({ ...organisation, uscc: '9133010079965505IB' }),
    'REJECT',
  ),
  ...casesOf(R38, { photos: 1, weighings: 1, checkIns: 1, missing: [], outside: [] }, [
    ['a measure with a photo, a weighing and a check-in of its period', {}],
    ['a measure without a photo', { photos: 0 }, 'KINDS REJECT'],
    ['a measure without a weighing', { weighings: 0 }, 'KINDS REJECT'],
    ['a measure without a check-in', { checkIns: 0 }, 'KINDS REJECT'],
    ['evidence that was never recorded', { missing: ['E9'] }, 'PERIOD REJECT'],
    ['evidence of another period', { outside: ['E1'] }, 'PERIOD REJECT'],
  ]),
  ...casesOf(R39, { materials: [steel] }, [
    ['material 5 % over what was weighed', {}],
    ['a gram more than that', { materials: [{ ...steel, neededMilliKg: 1_050_001n }] }, 'FLAG'],
    ['material that was never weighed', { materials: [{ ...steel, weighedKg: 0n }] }, 'FLAG'],
    ['a period without weighed material', { materials: [] }],
  ]),
]
