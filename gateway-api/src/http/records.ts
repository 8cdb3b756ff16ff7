import { isDate, isProjectCode, isUscc, type CanonicalValue } from '@caizheng/records'
import type { Request, Response } from 'express'
import { invalidParameter, Problem } from '../problems/problem.js'
import { listedKinds, type ListedKind } from '../records/kinds.js'
import type { IndexedRecord, RecordFilter, RecordPlace } from '../records/record-index.js'
import { reviewOf } from '../records/review.js'
import { integer, query } from './parameters.js'
import type { Route } from './routes.js'
import type { Services } from './services.js'

const filters = ['project', 'contract', 'party', 'status', 'from', 'to'] as const
/** Letters, digits and marks, as long as any number on the chain: what is no number need not be looked for. */
const NUMBER = /^[^\p{C}\p{Z}:]{1,64}$/u

/** A list and a look-up for each kind of business records. */
export const recordRoutes: readonly Route[] = listedKinds.flatMap((kind): Route[] => [
  {
    method: 'get',
    path: `/v1/${kind.path}`,
    produces: 'application/json',
    handle: (services, request, response) => list(kind, services, request, response),
  },
  {
    method: 'get',
    path: `/v1/${kind.path}/{number}`,
    produces: 'application/json',
    handle: (services, request, response) => look(kind, services, request, response),
  },
])

/** GET /v1/applications/{number}/review: what its review sheet shows. */
export async function getReview(services: Services, request: Request, response: Response): Promise<void> {
  query(request, [])
  const found = foundRecord(services.records, { kind: 'application' }, request.params['number'])
  response.json(await reviewOf(services, found))
}

/** GET /v1/applications and the like: records of a kind, those that appeared last first, page by page. */
function list(kind: ListedKind, { records, index }: Services, request: Request, response: Response): void {
  const known = filters.filter((name) => name !== 'contract' || kind.ofContract)
  const values = query(request, [...known, 'limit', 'before'])
  const limit = integer('limit', values['limit'], 50, 1, 200)
  const before = values['before'] === undefined ? undefined : integer('before', values['before'], 0, 1, 999_999_999)
  const page = records.page(kind.kind, filterOf(kind, values), limit, before)
  response.json({
    records: page.records.map(recordView),
    ...(page.next === undefined ? {} : { next: nextLink(kind, values, limit, page.next) }),
    height: (index.checkpoint()?.block ?? -1) + 1,
  })
}

/** GET /v1/applications/{number} and the like: one record, and every place in which it was written. */
function look(kind: ListedKind, { records }: Services, request: Request, response: Response): void {
  query(request, [])
  const record = foundRecord(records, kind, request.params['number'])
  response.json({ ...recordView(record), places: records.places(record).map(placeView) })
}

/** @throws {@link Problem} INVALID_PARAMETER, RECORD_UNKNOWN */
function foundRecord(records: Services['records'], { kind }: Pick<ListedKind, 'kind'>, number: unknown): IndexedRecord {
  const id = numberOf('number', typeof number === 'string' ? number : '')
  const record = records.find(kind, id)
  if (record === undefined) throw new Problem('RECORD_UNKNOWN', { values: { number: id } })
  return record
}

function recordView(record: IndexedRecord): Record<string, unknown> {
  const { id, project, contract, status, day } = record
  return {
    number: id,
    ...(project === undefined ? {} : { project }),
    ...(contract === undefined ? {} : { contract }),
    ...{ status, day },
    ...placeView(record),
    record: JSON.parse(record.record) as CanonicalValue,
  }
}

function placeView({ block, index, transaction, by, status }: RecordPlace): Record<string, unknown> {
  return { block, index, transaction, by, status }
}

function filterOf(kind: ListedKind, values: Readonly<Record<string, string | undefined>>): RecordFilter {
  const { project, contract, party, status, from, to } = values
  const [code, uscc] = ['2303-331003-04-01-000001', '12331003000001011C']
  if (project !== undefined && !isProjectCode(project)) {
    throw invalidParameter('project', `a project code such as ${code}`, `项目代码，如 ${code}`)
  }
  if (contract !== undefined) numberOf('contract', contract)
  if (party !== undefined && !isUscc(party)) {
    throw invalidParameter('party', `a social credit code such as ${uscc}`, `统一社会信用代码，如 ${uscc}`)
  }
  if (status !== undefined && !kind.statuses.includes(status)) {
    const statuses = kind.statuses.join(', ')
    throw invalidParameter('status', `one of ${statuses}`, `以下之一：${statuses}`)
  }
  for (const [name, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDate(day))
      throw invalidParameter(name, 'a day such as 2026-11-23', '日期，如 2026-11-23')
  }
  return { project, contract, party, status, from, to }
}

function numberOf(name: string, value: string): string {
  if (!NUMBER.test(value)) throw invalidParameter(name, 'a number of 1 to 64 characters', '1 至 64 个字符的编号')
  return value
}

function nextLink(
  { path }: ListedKind,
  values: Readonly<Record<string, string | undefined>>,
  limit: number,
  before: number,
): string {
  const search = new URLSearchParams()
  for (const name of filters) if (values[name] !== undefined) search.set(name, values[name])
  search.set('limit', String(limit))
  search.set('before', String(before))
  return `/v1/${path}?${search.toString()}`
}
