import { listedKinds, type ListedKind } from '../records/kinds.js'
import { answer, parameter, problems, ref, type Part } from './parts.js'

const singular = ({ what }: ListedKind): string => what.replace(/^payment |s$/g, '')
const nameOf = ({ kind }: ListedKind): string => kind.charAt(0).toUpperCase() + kind.slice(1)
const day: Part = { type: 'string', format: 'date' }

function listOf(kind: ListedKind): Part {
  const { what, statuses, dayOf } = kind
  return {
    operationId: `list${nameOf(kind)}s`,
    summary: `The ${what} of the chain, those that appeared last first`,
    description: 'Conditions are joined by AND. It is the index of this gateway; evidence of a document proves.',
    parameters: [
      parameter('query', 'project', 'Only of this project.', { type: 'string' }),
      ...(kind.ofContract
        ? [parameter('query', 'contract', 'Only of this contract.', { type: 'string', maxLength: 64 })]
        : []),
      parameter('query', 'party', 'Only those of this organisation, by its social credit code.', { type: 'string' }),
      parameter('query', 'status', 'Only in this status now.', { type: 'string', enum: statuses }),
      parameter('query', 'from', `Not before this day, in Asia/Shanghai, on which ${dayOf}.`, day),
      parameter('query', 'to', `Not after this day, on which ${dayOf}.`, day),
      parameter('query', 'limit', 'Records a page.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
      parameter('query', 'before', 'As `next` of the page before has it.', { type: 'integer', minimum: 1 }),
    ],
    responses: { '200': answer('A page.', ref('BusinessRecords')), ...problems('INVALID_PARAMETER') },
  }
}

function lookUpOf(kind: ListedKind): Part {
  return {
    operationId: `get${nameOf(kind)}`,
    summary: `One ${singular(kind)} as the chain holds it now, and every place in which it was written`,
    parameters: [parameter('path', 'number', `The ${singular(kind)}’s number.`, { type: 'string', maxLength: 64 })],
    responses: {
      '200': answer('Known.', ref('BusinessRecordWithPlaces')),
      ...problems('INVALID_PARAMETER', 'RECORD_UNKNOWN'),
    },
  }
}

const review: Part = {
  operationId: 'getReview',
  summary: 'What the review sheet of a payment application shows',
  description:
    'Each rule with its verdict in words, what is missing and from whom, as a node explains it, and the records around it, as the index has them. The page at /sheet.html?application=… shows it for printing.',
  parameters: [parameter('path', 'number', 'The application’s number.', { type: 'string', maxLength: 64 })],
  responses: {
    '200': answer('The review.', ref('Review')),
    ...problems('INVALID_PARAMETER', 'RECORD_UNKNOWN', 'NETWORK_UNAVAILABLE'),
  },
}

/** The operations on business records. */
export const recordPaths: Record<string, Part> = {
  ...Object.fromEntries(
    listedKinds.flatMap((kind) => [
      [`/v1/${kind.path}`, { get: listOf(kind) }],
      [`/v1/${kind.path}/{number}`, { get: lookUpOf(kind) }],
    ]),
  ),
  '/v1/applications/{number}/review': { get: review },
}
