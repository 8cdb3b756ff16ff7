import { bool, bytes, embedded, encode, message, string, Timestamp } from '@caizheng/fabric-wire'
import { ledger, peer } from '@hyperledger/fabric-protos'
import type { HistoryEntry, StateEntry } from '../ledger/index.js'
import type { RangeIterator } from '../simulator/index.js'

/** How many results travel in one message to the chaincode; how many one query may return in all. */
const RESULTS_PER_MESSAGE = 100
const TOTAL_QUERY_LIMIT = 100_000

/** `queryresult.KeyModification`: one row of a key's history. */
const KeyModification = message('KeyModification', {
  txId: string(1),
  value: bytes(2),
  timestamp: embedded(3, Timestamp),
  isDelete: bool(4),
})

/** A query under way: each `page` is the next message's worth of results. */
export interface QueryIterator {
  page(id: string): Promise<Uint8Array>
  close(): void
}

interface Source {
  /** The next result, serialized as the query's kind calls for; undefined when there is none. */
  next(): Promise<Uint8Array | undefined>
  close(): void
}

/**
 * An open-ended query. One result is read ahead of each page, so that the last page knows it is the last: the
 * read-ahead belongs to the range that is checked for phantoms, as it does in Fabric.
 */
export function streamedQuery(source: Source, onExhausted: (id: string) => void): QueryIterator {
  let ahead: Uint8Array | undefined
  let total = 0
  return {
    async page(id) {
      const results = ahead ? [ahead] : []
      ahead = undefined
      for (;;) {
        const result = total < TOTAL_QUERY_LIMIT ? await source.next() : undefined
        if (!result) {
          onExhausted(id)
          return queryResponse(id, results, false)
        }
        total += 1
        if (results.length === RESULTS_PER_MESSAGE) {
          ahead = result
          return queryResponse(id, results, true)
        }
        results.push(result)
      }
    },
    close: () => {
      source.close()
    },
  }
}

/** One explicit page of at most `pageSize` results, with the bookmark that continues it. */
export async function pagedQuery(range: RangeIterator, pageSize: number): Promise<Uint8Array> {
  const source = rangeSource('', range)
  const results: Uint8Array[] = []
  const limit = pageSize > 0 ? Math.min(pageSize, TOTAL_QUERY_LIMIT) : TOTAL_QUERY_LIMIT
  while (results.length < limit) {
    const result = await source.next()
    if (!result) break
    results.push(result)
  }
  const metadata = new peer.QueryResponseMetadata()
  metadata.setFetchedRecordsCount(results.length)
  metadata.setBookmark(await range.bookmark())
  range.close()
  return queryResponse('', results, false, metadata.serializeBinary())
}

export function rangeSource(namespace: string, range: RangeIterator): Source {
  return {
    async next() {
      const entry = await range.next()
      return entry && row(namespace, entry)
    },
    close: () => {
      range.close()
    },
  }
}

/** Rows of an organisation's private store; nothing of them goes into the read-write set. */
export function privateSource(namespace: string, rows: AsyncIterator<StateEntry, unknown>): Source {
  return {
    async next() {
      const next = await rows.next()
      return next.done ? undefined : row(namespace, next.value)
    },
    close: () => {
      void rows.return?.()
    },
  }
}

function row(namespace: string, { key, value }: StateEntry): Uint8Array {
  const result = new ledger.queryresult.KV()
  result.setNamespace(namespace)
  result.setKey(key)
  result.setValue(value)
  return result.serializeBinary()
}

export function historySource(history: AsyncIterable<HistoryEntry>): Source {
  const iterator = history[Symbol.asyncIterator]()
  return {
    async next() {
      const next = await iterator.next()
      return next.done ? undefined : encode(KeyModification, next.value)
    },
    close: () => {
      void iterator.return?.()
    },
  }
}

function queryResponse(id: string, results: Uint8Array[], hasMore: boolean, metadata?: Uint8Array): Uint8Array {
  const response = new peer.QueryResponse()
  response.setId(id)
  response.setHasMore(hasMore)
  response.setResultsList(
    results.map((bytes) => {
      const result = new peer.QueryResultBytes()
      result.setResultbytes(bytes)
      return result
    }),
  )
  if (metadata) response.setMetadata(metadata)
  return response.serializeBinary()
}
