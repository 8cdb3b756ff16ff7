import type { AnchorFilter } from '../index/anchor-index.js'
import type { BatchedPlace } from '../batches/batched-documents.js'
import { invalidParameter } from '../problems/problem.js'
import type { Services } from './services.js'
import { anchoredView, batchedView } from './views.js'

/** Where a page ends in each of the two rows that are shown as one: what comes next lies below both. */
interface Cursor {
  /** Number in the index of anchors. */
  readonly anchor: number
  readonly batched: BatchedPlace
}

export interface Listing {
  readonly documents: readonly Record<string, unknown>[]
  /** Give it as `before` for the next page; absent on the last. */
  readonly next?: string
}

/** Anchors of the whole chain and this gateway's documents in batches, newest first, of one block the batches first. */
export function listing(
  { index, batches }: Pick<Services, 'index' | 'batches'>,
  filter: AnchorFilter,
  limit: number,
  before?: string,
): Listing {
  const from = before === undefined ? undefined : cursorOf(before)
  const { anchors, numbers } = index.page(filter, limit + 1, from?.anchor)
  const batched = batches.page(filter, limit + 1, from?.batched)
  const documents: Record<string, unknown>[] = []
  let [a, b] = [0, 0]
  while (documents.length < limit) {
    const [anchor, leaf] = [anchors[a], batched[b]]
    if (leaf !== undefined && (anchor === undefined || leaf.at.block >= anchor.block)) {
      documents.push(batchedView(leaf.document))
      b++
    } else if (anchor !== undefined) {
      documents.push(anchoredView(anchor))
      a++
    } else return { documents }
  }
  if (a === anchors.length && b === batched.length) return { documents }
  // Below the first that isn't shown, whatever comes in above it meanwhile.
  const at = batched[b]?.at
  return {
    documents,
    next: textOf({
      anchor: (numbers[a] ?? 0) + (numbers[a] === undefined ? 0 : 1),
      batched: at === undefined ? { block: 0, batch: 0, index: 0 } : { ...at, index: at.index + 1 },
    }),
  }
}

function textOf({ anchor, batched: { block, batch, index } }: Cursor): string {
  return [anchor, block, batch, index].join('.')
}

function cursorOf(text: string): Cursor {
  const numbers = /^\d{1,15}(\.\d{1,15}){3}$/.test(text) ? text.split('.').map(Number) : []
  const [anchor, block, batch, index] = numbers
  if (anchor === undefined || block === undefined || batch === undefined || index === undefined) {
    throw invalidParameter('before', 'as "next" of the page before has it', '须取自上一页的 next')
  }
  return { anchor, batched: { block, batch, index } }
}
