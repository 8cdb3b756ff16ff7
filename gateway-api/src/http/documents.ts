import { canonicalize, type AnchorRequest } from '@caizheng/records'
import type { Request, Response } from 'express'
import type { OutboxEntry } from '../outbox/outbox.js'
import { Problem, type InvalidPart } from '../problems/problem.js'
import { parseJson, readJson } from './json-body.js'
import { readForm } from './multipart.js'
import { integer, query } from './parameters.js'
import { refusalProblem } from './refusal.js'
import type { Services } from './services.js'
import { checked, differences, invalid, toOutbox } from './statement.js'
import { anchoredView, batchedView, pathOf, pendingView } from './views.js'

/** Longest wait for an outcome, in seconds; below the connection's idle limit. */
const LONGEST_WAIT = 60

/**
 * POST /v1/documents: accepts a document for anchoring. The answer comes after the journal has it on disk: 202 with its
 * place; with `wait`, 201 or the chain's refusal where that is known in time; 200 where it was anchored before.
 */
export async function postDocument(services: Services, request: Request, response: Response): Promise<void> {
  const wait = integer('wait', query(request, ['wait'])['wait'], 0, 0, LONGEST_WAIT)
  const document = await readDocument(services, request)
  const submitted = toOutbox(document)
  const { place } = submitted
  const accepted = await services.outbox.accept(submitted)
  if (accepted.kind === 'full')
    throw new Problem('QUEUE_FULL', { values: { limit: services.outbox.limit }, retryAfter: 10 })
  if (accepted.kind === 'conflict') throw conflict(accepted.entry, document)
  const isNew = accepted.entry.state === 'QUEUED'
  if (submitted.route === 'SINGLE') services.worker.poke()
  else services.batches.poke()
  if (isNew && wait > 0) await waitForOutcome(services, place, wait, response)
  respond(services, response, services.outbox.find(place) ?? accepted.entry, isNew)
}

async function readDocument(services: Services, request: Request): Promise<AnchorRequest> {
  const { limits } = services
  if (request.is('multipart/form-data')) {
    const parts = await readForm(request, {
      document: { as: 'bytes', limit: limits.json },
      file: { as: 'digests', limit: limits.file },
    })
    const stated = parts.get('document')?.bytes
    const file = parts.get('file')?.digests
    if (stated === undefined)
      throw invalid([{ pointer: '/document', detail: 'the part "document" with the JSON is missing' }])
    if (file === undefined)
      throw invalid([{ pointer: '/file', detail: 'the part "file" is missing; send JSON to give digests only' }])
    const { size, ...digests } = file
    return validated(services, {
      ...objectOf(parseJson(stated, 'the part "document"'), { digests, size }),
      digests,
      size,
    })
  }
  return validated(services, objectOf(await readJson(request, limits.json), {}))
}

/** Digests and size that the sender states beside the file must be those of the file: else something changed on the way. */
function objectOf(value: unknown, measured: { digests?: object; size?: number }): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid([{ pointer: '', detail: 'must be a JSON object' }])
  }
  const errors = Object.entries(measured)
    .filter(
      ([name, actual]) =>
        name in value && canonicalize((value as Record<string, unknown>)[name]) !== canonicalize(actual),
    )
    .map(([name, actual]) => ({
      pointer: `/${name}`,
      detail: `is not that of the file, which is ${canonicalize(actual)}`,
    }))
  if (errors.length > 0) throw invalid(errors)
  return value
}

function validated(services: Services, value: object): AnchorRequest {
  const document = checked(services, value)
  if (Array.isArray(document)) throw invalid(document as readonly InvalidPart[])
  return document as AnchorRequest
}

function conflict(entry: OutboxEntry, document: AnchorRequest): Problem {
  const fields = differences(entry, document)
  return new Problem('ANCHOR_CONFLICT', {
    values: { fields: fields.join(', '), state: entry.state },
    members: { place: pathOf(entry.place), fields },
  })
}

async function waitForOutcome(services: Services, place: string, seconds: number, response: Response): Promise<void> {
  const gone = new AbortController()
  const leave = (): void => gone.abort()
  response.once('close', leave)
  await services.worker.waitFor(place, seconds * 1000, gone.signal)
  response.off('close', leave)
}

function respond(services: Services, response: Response, entry: OutboxEntry, isNew: boolean): void {
  response.location(pathOf(entry.place))
  if (entry.state === 'QUEUED') {
    response.status(202).json(pendingView(entry))
    return
  }
  const batched = services.batches.of(entry)
  if (batched !== undefined) {
    response.status(isNew ? 201 : 200).json(batchedView(batched))
    return
  }
  if (entry.outcome === undefined) throw new Error(`outbox entry ${entry.place} is ${entry.state} without an outcome`)
  if (entry.outcome.state === 'REFUSED') throw refusalProblem(entry.place, entry.outcome.refusal)
  response.status(isNew && entry.outcome.created ? 201 : 200).json(anchoredView(entry.outcome))
}
