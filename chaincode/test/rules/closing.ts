import { R42Deadline, R42Disclosure } from '../../src/rules/r42-disclosure.js'
import { casesOf } from './rule-case.js'

const published = {
  ...{ gateDay: '2023-06-20', approvedOn: '2023-06-20', publishedOn: '2023-07-10', today: '2023-07-10' },
  ...{ hasDeadline: true, view: { name: '示范路' }, records: { name: '示范路', accountDigest: 'a' } },
  ...{ viewDigest: 'd', statedDigest: 'd' },
}

export const closing = [
  ...casesOf(R42Disclosure, published, [
    ['an approval made public on its twentieth day, with a field of the list', {}],
    ['a page of which only the digest is given', { view: undefined, viewDigest: undefined }],
    ['an approval made public a day late', { publishedOn: '2023-07-11', today: '2023-07-11' }, 'LATE ALERT'],
    [
      'an evaluation, which has no deadline, later',
      { publishedOn: '2023-07-11', today: '2023-07-11', hasDeadline: false },
    ],
    ['a field that is not on the list', { view: { accountDigest: 'a' } }, 'FIELD REJECT'],
    ['a value that the chain does not have', { view: { name: '别的路' } }, 'VALUE REJECT'],
    ['a digest of another page', { statedDigest: 'e' }, 'DIGEST REJECT'],
    ['another day than that of the approval', { gateDay: '2023-06-21' }, 'APPROVED_ON REJECT'],
    ['a publication before its approval', { publishedOn: '2023-06-19' }, 'PUBLISHED_ON REJECT'],
    ['a publication tomorrow', { publishedOn: '2023-07-09', today: '2023-07-08' }, 'PUBLISHED_ON REJECT'],
  ]),
  ...casesOf(R42Disclosure, published, [['a field that the list has no more', {}, 'FIELD REJECT']], {
    'R42.publicFields': ['projectCode'],
  }),
  ...casesOf(
    R42Deadline,
    { subject: 'FINAL_ACCOUNT', approvedOn: '2023-06-20', publishedOn: undefined, today: '2023-07-10' },
    [
      ['a final account not yet public on the twentieth day', {}],
      ['one not public on the day after', { today: '2023-07-11' }, 'UNPUBLISHED ALERT'],
      ['one that is public, on any day', { today: '2024-07-11', publishedOn: '2023-07-12' }],
    ],
  ),
]
