import { canonicalize, momentOf, requestOf, type Anchor, type AnchorRequest } from '@caizheng/records'
import { CLOCK_TOLERANCE_MS } from '../../guards/time.js'
import type { Breach } from '../breach.js'

const SOURCE = '人民法院在线诉讼规则第16至18条; 电子签名法第5至8条'

/**
 * R23, the same document again by the same submitter: the same particulars change nothing, others are refused.
 * Submitter's key, time and transaction id are no particulars: a renewed certificate may repeat an anchor.
 */
export function judgeRepeatedAnchor(existing: Anchor, request: AnchorRequest): Breach[] {
  const fields = differingFields(requestOf(existing), request)
  if (fields.length === 0) return []
  return [
    {
      code: 'ANCHOR_CONFLICT',
      details: { id: existing.id, fields },
      verdict: rejected('the particulars of the existing anchor', `other values for ${fields.join(', ')}`),
    },
  ]
}

/**
 * R23, a document that is new in its place: a previous version must exist, of the same project and type, and the document
 * cannot have been made after it is anchored. Every broken part is named.
 *
 * @param previous the anchor that the request names as previous, where there is one.
 * @param time the transaction's timestamp.
 */
export function judgeNewAnchor(request: AnchorRequest, previous: Anchor | undefined, time: string): Breach[] {
  return [...judgePrevious(request, previous), ...judgeGenerated(request, time)]
}

function judgePrevious(request: AnchorRequest, previous: Anchor | undefined): Breach[] {
  if (request.previous === undefined) return []
  if (previous === undefined) {
    return [
      {
        code: 'PREVIOUS_NOT_FOUND',
        details: { previous: request.previous },
        verdict: rejected('an existing anchor as previous', `no anchor ${request.previous}`),
      },
    ]
  }
  const fields = (['project', 'type'] as const).filter((field) => previous[field] !== request[field])
  if (fields.length === 0) return []
  return [
    {
      code: 'PREVIOUS_MISMATCH',
      details: { previous: previous.id, fields },
      verdict: rejected(
        `a previous version of ${request.project}, ${request.type}`,
        `previous is of ${previous.project}, ${previous.type}`,
      ),
    },
  ]
}

function judgeGenerated(request: AnchorRequest, time: string): Breach[] {
  const { generatedAt } = request.provenance
  // The source system's clock is allowed the same five minutes as everybody's.
  if (momentOf(generatedAt) <= momentOf(time) + CLOCK_TOLERANCE_MS) return []
  return [
    {
      code: 'GENERATED_IN_FUTURE',
      details: { generatedAt, time },
      verdict: rejected(`generatedAt no later than ${time}`, `generatedAt ${generatedAt}`),
    },
  ]
}

function differingFields(one: AnchorRequest, other: AnchorRequest): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof AnchorRequest>
  return [...names].filter((name) => textOf(one[name]) !== textOf(other[name])).sort()
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalize(value)
}

function rejected(expected: string, actual: string): Breach['verdict'] {
  return { rule: 'R23', outcome: 'REJECT', expected, actual, source: SOURCE }
}
