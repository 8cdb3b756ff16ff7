import { parseAnchor } from '@caizheng/records'
import type { Request, Response } from 'express'
import type { OutboxEntry } from '../outbox/outbox.js'
import { Problem } from '../problems/problem.js'
import { listing } from './listing.js'
import { filterOf, hex64, integer, query } from './parameters.js'
import { lookUp } from './look-up.js'
import { refusalProblem } from './refusal.js'
import type { Services } from './services.js'
import { anchoredView, batchedView, pathOf, pendingView, submissionView } from './views.js'

/** GET /v1/documents: the anchored documents, newest first, page by page. */
export async function listDocuments(services: Services, request: Request, response: Response): Promise<void> {
  const values = query(request, ['project', 'type', 'limit', 'before'])
  const limit = integer('limit', values['limit'], 50, 1, 200)
  const page = listing(services, filterOf(values), limit, values['before'])
  response.json({
    documents: page.documents,
    ...(page.next === undefined ? {} : { next: nextLink(values, limit, page.next) }),
    height: (services.index.checkpoint()?.block ?? -1) + 1,
  })
}

/** GET /v1/documents/{digest}: every anchor of a file, and what of it still waits or was refused here. */
export async function getDocument(services: Services, request: Request, response: Response): Promise<void> {
  query(request, [])
  const digest = hex64('digest', request.params['digest'])
  const { anchors, batched, pending } = lookUp(services, digest)
  if (anchors.length + batched.length + pending.length === 0)
    throw new Problem('DOCUMENT_UNKNOWN', { values: { digest } })
  response.json({
    digest,
    anchors: anchors.map((anchor) => anchoredView(anchor)),
    batched: batched.map(batchedView),
    pending: pending.map(pendingView),
  })
}

/** GET /v1/submissions/{place}: what became of a document that was accepted here. */
export async function getSubmission(services: Services, request: Request, response: Response): Promise<void> {
  query(request, [])
  response.json(submissionView(services, entryAt(services, request)))
}

/** GET /v1/submissions/{place}/evidence: the evidence file of the document that was accepted there. */
export async function getSubmissionEvidence(services: Services, request: Request, response: Response): Promise<void> {
  query(request, [])
  const entry = entryAt(services, request)
  const batched = services.batches.of(entry)
  if (batched === undefined && entry.outcome?.state !== 'ANCHORED') throw missing([entry], entry.sha256)
  const evidence =
    batched === undefined
      ? await services.chain.evidence((entry.outcome as { id: string }).id)
      : await services.batches.evidence(batched)
  sendEvidence(response, entry.sha256, evidence)
}

function entryAt(services: Services, request: Request): OutboxEntry {
  const place = hex64('place', request.params['place'])
  const entry = services.outbox.find(place)
  if (entry === undefined) throw new Problem('SUBMISSION_UNKNOWN', { values: { place } })
  return entry
}

/** GET /v1/documents/{digest}/evidence: the evidence file, signed by the nodes at this moment. */
export async function getEvidence(services: Services, request: Request, response: Response): Promise<void> {
  const values = query(request, ['anchor'])
  const digest = hex64('digest', request.params['digest'])
  const wanted = values['anchor'] === undefined ? undefined : hex64('anchor', values['anchor'])
  sendEvidence(response, digest, await evidenceOf(services, digest, wanted))
}

function sendEvidence(response: Response, digest: string, evidence: Uint8Array): void {
  response
    .attachment(`${digest.slice(0, 16)}.evidence.json`)
    .type('application/json')
    .send(Buffer.from(evidence))
}

/**
 * The evidence of a document: of the anchor that is wanted, else of this department's own, else of the newest in a batch, else
 * of the oldest anchor. An anchor's is signed by the nodes now; one in a batch was signed when the batch was anchored.
 *
 * @throws {@link Problem} DOCUMENT_UNKNOWN, ANCHOR_PENDING, ANCHOR_REFUSED
 */
export async function evidenceOf(services: Services, digest: string, wanted?: string): Promise<Uint8Array> {
  const found = lookUp(services, digest)
  const anchors = found.anchors.filter(({ id }) => wanted === undefined || id === wanted)
  const own = anchors.find(({ record }) => parseAnchor(record).submitter.msp === services.chain.msp)
  const batched = wanted === undefined ? found.batched.at(-1) : undefined
  if (own === undefined && batched !== undefined) return services.batches.evidence(batched)
  const anchor = own ?? anchors[0]
  if (anchor === undefined) throw missing(found.pending, digest)
  return services.chain.evidence(anchor.id)
}

function missing(pending: readonly OutboxEntry[], digest: string): Problem {
  const entry = pending[0]
  if (entry === undefined) return new Problem('DOCUMENT_UNKNOWN', { values: { digest } })
  if (entry.outcome?.state === 'REFUSED') return refusalProblem(entry.place, entry.outcome.refusal)
  const place = pathOf(entry.place)
  return new Problem('ANCHOR_PENDING', { values: { state: entry.state, place }, members: { place }, retryAfter: 2 })
}

function nextLink(values: Readonly<Record<string, string | undefined>>, limit: number, before: string): string {
  const search = new URLSearchParams()
  for (const name of ['project', 'type'] as const) if (values[name] !== undefined) search.set(name, values[name])
  search.set('limit', String(limit))
  search.set('before', before)
  return `/v1/documents?${search.toString()}`
}
