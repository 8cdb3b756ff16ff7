import { setImmediate as turn } from 'node:timers/promises'
import type { AnchorRequest } from '@caizheng/records'
import type { Request, Response } from 'express'
import type { OutboxDocument } from '../outbox/outbox.js'
import { Problem, type InvalidPart } from '../problems/problem.js'
import { readJson } from './json-body.js'
import { query } from './parameters.js'
import type { Services } from './services.js'
import { checked, differences, invalid, toOutbox } from './statement.js'
import { pathOf, submissionView } from './views.js'

/** Most documents of one request. */
export const MOST_DOCUMENTS = 4_096
/** Documents that are checked before other requests have their turn. */
const AT_ONCE = 128
/** A request in which everything is wrong gets an answer that can be read. */
const MOST_ERRORS = 100

/**
 * POST /v1/submissions: accepts many documents by their digests, all or none. 202 after the journal has them on disk, with
 * the place of each.
 */
export async function postSubmissions(services: Services, request: Request, response: Response): Promise<void> {
  query(request, [])
  const documents = await readDocuments(services, request)
  const accepted = await services.outbox.acceptAll(documents.map(({ kept }) => kept))
  if (accepted.kind === 'full')
    throw new Problem('QUEUE_FULL', { values: { limit: services.outbox.limit }, retryAfter: 10 })
  if (accepted.kind === 'conflict') {
    const { at, entry } = accepted
    const fields = differences(entry, (documents[at] as Read).document)
    const errors: InvalidPart[] = [{ pointer: `/documents/${at}`, detail: `differs in ${fields.join(', ')}` }]
    throw new Problem('ANCHOR_CONFLICT', {
      values: { fields: fields.join(', '), state: entry.state },
      members: { place: pathOf(entry.place), fields, errors },
    })
  }
  services.worker.poke()
  services.batches.poke()
  response.status(202).json({ submissions: accepted.entries.map((entry) => submissionView(services, entry)) })
}

/** A document that is right, and as the outbox keeps it: hashed while others have their turn. */
interface Read {
  readonly document: AnchorRequest
  readonly kept: OutboxDocument
}

async function readDocuments(services: Services, request: Request): Promise<Read[]> {
  const body = (await readJson(request, services.limits.many)) as { documents?: unknown } | null
  const stated = body?.documents
  if (!Array.isArray(stated) || stated.length === 0 || stated.length > MOST_DOCUMENTS) {
    throw invalid([{ pointer: '/documents', detail: `must be an array of 1 to ${MOST_DOCUMENTS} documents` }])
  }
  const documents: Read[] = []
  const errors: InvalidPart[] = []
  for (const [at, value] of (stated as unknown[]).entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await turn()
    const document = isObject(value) ? checked(services, value) : [{ pointer: '', detail: 'must be a JSON object' }]
    if (!isErrors(document)) documents.push({ document, kept: toOutbox(document) })
    else errors.push(...document.map(({ pointer, detail }) => ({ pointer: `/documents/${at}${pointer}`, detail })))
    if (errors.length >= MOST_ERRORS) break
  }
  if (errors.length > 0) throw invalid(errors.slice(0, MOST_ERRORS))
  return documents
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isErrors(result: AnchorRequest | readonly InvalidPart[]): result is readonly InvalidPart[] {
  return Array.isArray(result)
}
