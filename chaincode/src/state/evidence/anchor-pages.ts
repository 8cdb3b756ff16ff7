import type { Anchor, AnchorPage } from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'
import { readText } from '../../guards/input.js'
import { findAnchor } from './anchors.js'
import { indexOf, type AnchorLookup } from './anchor-index.js'

// An empty page has metadata of no bytes, for which the shim gives none, against its type declarations.
type Page = Awaited<ReturnType<ChaincodeStub['getStateByPartialCompositeKeyWithPagination']>>
type Answer = Pick<Page, 'iterator'> & Partial<Page>

const BOOKMARK_PATTERN = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f]{64})?$/

/**
 * One page of anchors, oldest first. A bookmark is `time_id` of the next entry: Fabric's own is a raw state key, and with
 * a foreign one the peer would list whatever lies between it and the end of the index.
 *
 * @throws {Refusal} `ARGUMENT_MALFORMED` for a bookmark of another form.
 */
export async function listAnchors(
  stub: ChaincodeStub,
  lookup: AnchorLookup,
  pageSize: number,
  bookmark: string,
): Promise<AnchorPage> {
  const problem = 'must be empty or the bookmark of the page before'
  readText('bookmark', bookmark, (value) => BOOKMARK_PATTERN.test(value), problem)
  const { index, prefix } = indexOf(lookup)
  const from = bookmark === '' ? '' : stub.createCompositeKey(index, [...prefix, ...bookmark.split('_')])
  const answer: Answer = await stub.getStateByPartialCompositeKeyWithPagination(index, prefix, pageSize, from)
  const { iterator, metadata } = answer

  const anchors: Anchor[] = []
  for (let entry = await iterator.next(); !entry.done; entry = await iterator.next()) {
    const id = stub.splitCompositeKey(entry.value.key).attributes.at(-1) ?? ''
    const anchor = await findAnchor(stub, id)
    if (anchor === undefined) throw new Error(`The index names anchor ${id}, which does not exist`)
    anchors.push(anchor)
  }
  await iterator.close()
  return { anchors, bookmark: bookmarkOf(stub, metadata?.bookmark ?? '') }
}

function bookmarkOf(stub: ChaincodeStub, nextKey: string): string {
  return nextKey === '' ? '' : stub.splitCompositeKey(nextKey).attributes.slice(-2).join('_')
}
