import type { BlockToLive } from '../private/block-to-live.js'
import type { Change, Database } from '../store/database.js'
import {
  hashedExpiryKey,
  hashedExpiryMark,
  hashedExpiryOf,
  hashedStateKey,
  targetsOfHashedExpiry,
} from '../store/keys.js'
import { decodeNumber, decodeState, encodeNumber } from '../store/records.js'
import { hashOfKey } from './operations.js'
import type { PendingUpdates } from './pending.js'

/**
 * What `blockToLive` changes in the state of the private hashes: those that this block writes are noted with the block
 * that will end them, and those that end now go, unless they were written since. As in a peer, this comes after the
 * commit hash was made, and after the reads were checked: within this block the old hashes still count.
 */
export async function hashedExpiryChanges(
  block: number,
  updates: PendingUpdates,
  blockToLive: BlockToLive,
  database: Database,
): Promise<Change[]> {
  const changes: Change[] = []
  const written = new Set<string>()
  for (const namespace of updates.namespaces()) {
    for (const [collection, hashed] of updates.hashedUpdates(namespace)) {
      const expiry = await blockToLive.expiry(namespace, collection, block)
      for (const [key, { value }] of hashed) {
        const state = hashedStateKey(namespace, collection, hashOfKey(key))
        written.add(state.toString('latin1'))
        if (expiry === undefined || value === undefined) continue
        changes.push({ key: hashedExpiryKey(expiry, state), record: encodeNumber(block) })
        changes.push({ key: hashedExpiryMark(expiry), record: new Uint8Array() })
      }
    }
  }
  const mark = hashedExpiryMark(block)
  if (!database.getSync(mark)) return changes
  changes.push({ key: mark })
  for await (const [stored, record] of database.scan(hashedExpiryOf(block))) {
    changes.push({ key: stored })
    const { state, metadata } = targetsOfHashedExpiry(stored)
    if (written.has(state.toString('latin1'))) continue
    const current = database.getSync(state)
    const writtenBy = current && decodeState(current, state).version.blockNum
    if (writtenBy === decodeNumber(record, stored)) changes.push({ key: state }, { key: metadata })
  }
  return changes
}
