import {
  applications,
  exceptionId,
  exceptions,
  type Exception,
  type ExceptionEntry,
  type ExceptionExplanation,
  type ExceptionPage,
} from '@caizheng/records'
import type { ChaincodeStub } from '../fabric.js'
import { readText } from '../guards/input.js'
import { Refusal } from '../refusals/refusal.js'
import { explainBasis } from './explain-application.js'
import { State } from './state.js'

// An empty page has metadata of no bytes, for which the shim gives none, against its type declarations.
type Page = Awaited<ReturnType<ChaincodeStub['getStateByRangeWithPagination']>>
type Answer = Pick<Page, 'iterator'> & Partial<Page>

/** What follows the project in an entry's key; nothing of another project fits. */
const BOOKMARK = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z:[A-Z_]{1,40}:[0-9a-f]{64})?$/

/**
 * One page of a project's exceptions, in the order in which they happened. A bookmark is `time:type:tx` of the next.
 *
 * @throws {Refusal} `ARGUMENT_MALFORMED` for a bookmark of another form
 */
export async function listExceptions(
  stub: ChaincodeStub,
  projectCode: string,
  pageSize: number,
  bookmark: string,
): Promise<ExceptionPage> {
  readText('bookmark', bookmark, (value) => BOOKMARK.test(value), 'must be empty or the bookmark of the page before')
  const state = new State(stub)
  const start = exceptions.key(projectCode, '')
  // The first key after all that begin with the project's: `;` follows `:`.
  const end = `${start.slice(0, -1)};`
  const answer: Answer = await stub.getStateByRangeWithPagination(`${start}${bookmark}`, end, pageSize, '')
  const { iterator, metadata } = answer
  const entries: ExceptionEntry[] = []
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    entries.push(await entryOf(state, exceptions.parse(next.value.value)))
  }
  await iterator.close()
  const after = metadata?.bookmark ?? ''
  return { exceptions: entries, bookmark: after.startsWith(start) ? after.slice(start.length) : '' }
}

async function entryOf(state: State, exception: Exception): Promise<ExceptionEntry> {
  const id = exceptionId(exception)
  const [kind, applicationNo = ''] = exception.subject.split(':')
  if (kind !== applications.kind) return { id, exception }
  const { status } = await state.load(applications, applicationNo)
  return { id, exception, status }
}

/**
 * Why a rule marked or alerted, judged again from the facts kept with the entry.
 *
 * @throws {Refusal} `RECORD_NOT_FOUND` without such an entry, or where it keeps no facts: of an application they lie beside it
 */
export async function explainException(state: State, id: string): Promise<ExceptionExplanation> {
  const { projectCode, transaction, basis, verdicts } = await state.load(exceptions, id)
  if (basis === undefined) throw new Refusal('RECORD_NOT_FOUND', { kind: 'basis', id: [id] })
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome))
  return {
    kind: 'exceptionExplanation',
    version: 1,
    ...{ id, projectCode, transaction },
    ...(await explainBasis(state, basis, verdicts, {}, (outcome) => outcomes.has(outcome))),
  }
}
