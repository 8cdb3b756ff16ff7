import type { Change, Database } from './store/database.js'
import { historyKey, historyPrefix, placeOfHistory, successor } from './store/keys.js'
import { decodeHistory, encodeHistory } from './store/records.js'
import type { Candidate, HistoryEntry } from './types.js'

/** One history record for each key that a valid transaction wrote. Where a key is named twice, the first counts. */
export function* historyChanges(block: number, candidates: readonly Candidate[], codes: Uint8Array): Generator<Change> {
  for (const [index, { txId, timestamp, rwset }] of candidates.entries()) {
    if (codes[index] !== 0 || rwset === undefined) continue
    for (const { namespace, rwset: kv } of rwset.namespaces) {
      const seen = new Set<string>()
      for (const { key, isDelete, value } of kv.writes) {
        if (seen.has(key)) continue
        seen.add(key)
        const record = encodeHistory({
          txId,
          timestamp: { seconds: Number(timestamp?.seconds ?? 0), nanos: timestamp?.nanos ?? 0 },
          isDelete: isDelete || value.length === 0,
          value,
        })
        yield { key: historyKey(historyPrefix(namespace, key), block, index), record }
      }
    }
  }
}

/** Every committed write of a key, newest first. */
export async function* readHistory(database: Database, namespace: string, key: string): AsyncGenerator<HistoryEntry> {
  const prefix = historyPrefix(namespace, key)
  for await (const [stored, record] of database.scan({ gte: prefix, lt: successor(prefix) })) {
    yield { ...decodeHistory(record, stored), ...placeOfHistory(stored) }
  }
}
