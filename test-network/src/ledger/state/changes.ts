import type { Change } from '../store/database.js'
import { hashedMetadataKey, hashedStateKey, metadataKey, stateKey } from '../store/keys.js'
import { encodeMetadata } from '../store/metadata.js'
import { encodeState } from '../store/records.js'
import { hashOfKey } from './operations.js'
import type { PendingUpdates, Update } from './pending.js'

/** The changes of the stored state that a block's updates make, private hashes in tables of their own. */
export function* stateChanges(updates: PendingUpdates): Generator<Change> {
  for (const namespace of updates.namespaces()) {
    for (const [key, update] of updates.publicUpdates(namespace)) {
      yield* changesOf(update, stateKey(namespace, key), metadataKey(namespace, key))
    }
    for (const [collection, hashed] of updates.hashedUpdates(namespace)) {
      for (const [key, update] of hashed) {
        const hash = hashOfKey(key)
        yield* changesOf(
          update,
          hashedStateKey(namespace, collection, hash),
          hashedMetadataKey(namespace, collection, hash),
        )
      }
    }
  }
}

/** A deleted key loses its metadata too, key-level policies among them. */
function* changesOf({ value, metadata, version }: Update, key: Buffer, metadataKey: Buffer): Generator<Change> {
  yield value === undefined ? { key } : { key, record: encodeState(value, version) }
  if (metadata === 'keep') return
  yield metadata === undefined ? { key: metadataKey } : { key: metadataKey, record: encodeMetadata(metadata) }
}
