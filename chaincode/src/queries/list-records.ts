import {
  canonicalize,
  momentOf,
  parseCanonical,
  parseRecordQuestion,
  queryLimits,
  type CanonicalValue,
  type RecordQuestion,
} from '@caizheng/records'
import type { ChaincodeStub } from '../fabric.js'
import { malformed, readJson } from '../guards/input.js'
import { statesOf } from './history.js'

// An empty page has metadata of no bytes, for which the shim gives none, against its type declarations.
type Page = Awaited<ReturnType<ChaincodeStub['getStateByRangeWithPagination']>>
type Answer = Pick<Page, 'iterator'> & Partial<Page>

/**
 * Records of one kind that a project, a contract, a party or a status picks out, by key. Each call looks at so many and no
 * more, whether or not they fit; it is for questions, never for a transaction.
 *
 * @throws {Refusal} `ARGUMENT_NOT_CANONICAL`, `ARGUMENT_MALFORMED`
 */
export async function listRecords(stub: ChaincodeStub, argument: string): Promise<string> {
  const question = readJson('question', argument, parseRecordQuestion)
  const { record: kind, bookmark = `${kind}:`, asOf } = question
  if (!bookmark.startsWith(`${kind}:`)) {
    throw malformed('question', [{ at: '/bookmark', problem: 'must be the bookmark of the page before' }])
  }
  const size = asOf === undefined ? queryLimits.scanned : queryLimits.scannedAsOf
  // A semicolon is what comes after a colon.
  const answer: Answer = await stub.getStateByRangeWithPagination(bookmark, `${kind};`, size, '')
  const rows: { key: string; record: CanonicalValue }[] = []
  const { iterator, metadata } = answer
  for (let entry = await iterator.next(); !entry.done; entry = await iterator.next()) {
    const { key, value } = entry.value
    const record = asOf === undefined ? parseCanonical(value) : await recordAsOf(stub, key, asOf)
    if (record !== undefined && fits(record, question)) rows.push({ key, record })
  }
  await iterator.close()
  const next = metadata?.bookmark ?? ''
  const more = next.startsWith(`${kind}:`) ? { bookmark: next } : {}
  return canonicalize({ kind: 'recordPage', version: 1, rows, ...more })
}

/** The last state whose own time is not later. */
async function recordAsOf(stub: ChaincodeStub, key: string, asOf: string): Promise<CanonicalValue | undefined> {
  const states = await statesOf(stub, key, queryLimits.states)
  const state = states.find(({ record, time }) => momentOf(fieldOf(record, 'time') ?? time) <= momentOf(asOf))
  return state?.record ?? undefined
}

function fits(record: CanonicalValue, { project, contract, party, status }: RecordQuestion): boolean {
  return (
    (project === undefined || fieldOf(record, 'projectCode') === project) &&
    (contract === undefined || fieldOf(record, 'contractNo') === contract) &&
    (status === undefined || fieldOf(record, 'status') === status) &&
    (party === undefined || mentions(record, party))
  )
}

function fieldOf(record: CanonicalValue, name: string): string | undefined {
  const value = (record as Readonly<Record<string, CanonicalValue>> | null)?.[name]
  return typeof value === 'string' ? value : undefined
}

function mentions(value: CanonicalValue, text: string): boolean {
  if (typeof value !== 'object' || value === null) return value === text
  return Object.values(value).some((part: CanonicalValue) => mentions(part, text))
}
