import { laneKey, parseLane, type LaneEntry, type LanePage, type ListedLane } from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'
import { readText } from '../../guards/input.js'
import { findJoined } from './checkpoints.js'
import { findEntry } from './lanes.js'

// An empty page has metadata of no bytes, for which the shim gives none, against its type declarations.
type Page = Awaited<ReturnType<ChaincodeStub['getStateByRangeWithPagination']>>
type Answer = Pick<Page, 'iterator'> & Partial<Page>

/**
 * One page of lanes with what is joined of each, ascending by id. A bookmark is the id of the next lane.
 *
 * @throws {Refusal} `ARGUMENT_MALFORMED` for a bookmark of another form.
 */
export async function listLanes(stub: ChaincodeStub, pageSize: number, bookmark: string): Promise<LanePage> {
  const problem = 'must be empty or the bookmark of the page before'
  readText('bookmark', bookmark, (value) => /^([0-9a-f]{64})?$/.test(value), problem)
  const answer: Answer = await stub.getStateByRangeWithPagination(laneKey(bookmark), laneKey('g'), pageSize, '')
  const lanes: ListedLane[] = []
  const { iterator, metadata } = answer
  for (let entry = await iterator.next(); !entry.done; entry = await iterator.next()) {
    const head = parseLane(entry.value.value)
    lanes.push({ head, joined: await findJoined(stub, head.id) })
  }
  await iterator.close()
  const next = metadata?.bookmark ?? ''
  return { lanes, bookmark: next.startsWith(laneKey('')) ? next.slice(laneKey('').length) : '' }
}

/** A lane's entries from one number on, at most `pageSize`, without gap. */
export async function listEntries(
  stub: ChaincodeStub,
  lane: string,
  from: number,
  pageSize: number,
): Promise<{ entries: LaneEntry[] }> {
  const entries: LaneEntry[] = []
  for (let sequence = from; sequence < from + pageSize; sequence++) {
    const entry = await findEntry(stub, lane, sequence)
    if (entry === undefined) break
    entries.push({ sequence, ...entry })
  }
  return { entries }
}
