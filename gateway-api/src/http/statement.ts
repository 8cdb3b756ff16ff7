import { canonicalize, parseAnchorRequest, RecordError, type AnchorRequest } from '@caizheng/records'
import type { OutboxDocument, OutboxEntry } from '../outbox/outbox.js'
import { routeOf } from '../outbox/route.js'
import { Problem, type InvalidPart } from '../problems/problem.js'
import { placeOf } from './place.js'
import type { Services } from './services.js'

/**
 * Fills in what the department's profile says of all its documents, and checks the whole.
 *
 * @returns the document, or everything that is wrong with it
 */
export function checked(services: Pick<Services, 'chain'>, value: object): AnchorRequest | readonly InvalidPart[] {
  const { provenance: commonProvenance, ...common } = services.chain.defaults
  const { provenance } = value as { provenance?: unknown }
  const whole =
    typeof provenance === 'object' && provenance !== null
      ? { ...common, ...value, provenance: { ...commonProvenance, ...provenance } }
      : { ...common, ...value }
  // On the chain the size is optional; here whoever has the digests has had the file, and the same file must give the same particulars.
  const errors: InvalidPart[] =
    'size' in whole ? [] : [{ pointer: '/size', detail: 'is missing: the length of the file in bytes' }]
  try {
    const document = parseAnchorRequest(whole)
    if (errors.length === 0) return document
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    errors.push(...error.issues.map(({ at, problem }) => ({ pointer: at, detail: problem })))
  }
  return errors
}

/** A document as the outbox keeps it. */
export function toOutbox(document: AnchorRequest): OutboxDocument {
  const { project, type, digests } = document
  const { sha256, sm3 } = digests
  const request = canonicalize(document)
  return { place: placeOf(document), project, type, sha256, sm3, request, route: routeOf(document) }
}

export function invalid(errors: readonly InvalidPart[]): Problem {
  return new Problem('INVALID_DOCUMENT', { members: { errors } })
}

/** Members in which a document differs from the one that was accepted at its place. */
export function differences(entry: OutboxEntry, document: AnchorRequest): string[] {
  const known = JSON.parse(entry.request) as Record<string, unknown>
  const wanted = document as unknown as Record<string, unknown>
  return [...new Set([...Object.keys(known), ...Object.keys(wanted)])]
    .filter((name) => canonicalize(known[name] ?? null) !== canonicalize(wanted[name] ?? null))
    .sort()
}
