import { summarizeReads, type KeyRead, type RangeQuery, type StateEntry } from '../ledger/index.js'

/** A range read under way, row by row. */
export interface RangeIterator {
  next(): Promise<StateEntry | undefined>
  /** Of an explicit page: the key at which the next page begins, or '' when nothing follows. */
  bookmark(): Promise<string>
  close(): void
  /** What was read so far, as the read set records it. */
  query(): RangeQuery
}

interface Bounds {
  start: string
  end: string
}

/**
 * Reads `rows` and keeps what phantom validation needs. The recorded end is the last key returned, not the end
 * asked for, until the range is exhausted: a caller who stops early does not depend on rows it never saw.
 */
export function openRange(rows: AsyncIterable<StateEntry>, bounds: Bounds): RangeIterator {
  const iterator = rows[Symbol.asyncIterator]()
  const reads: KeyRead[] = []
  let endKey = ''
  let exhausted = false
  let closed = false

  const advance = async (): Promise<StateEntry | undefined> => {
    const next = await iterator.next()
    return next.done ? undefined : next.value
  }
  return {
    async next() {
      const row = await advance()
      if (!row) {
        exhausted = true
        endKey = bounds.end
        return undefined
      }
      reads.push({ key: row.key, version: row.version })
      endKey = row.key
      return row
    },
    async bookmark() {
      return (await advance())?.key ?? ''
    },
    close() {
      if (closed) return
      closed = true
      void iterator.return?.()
    },
    query: () => ({ startKey: bounds.start, endKey, itrExhausted: exhausted, ...summarizeReads(reads) }),
  }
}
