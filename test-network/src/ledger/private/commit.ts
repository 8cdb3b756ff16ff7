import { equalBytes, sha256 } from '@caizheng/fabric-wire'
import { keyOfHash } from '../state/operations.js'
import type { PendingUpdates } from '../state/pending.js'
import type { Change, Database } from '../store/database.js'
import { decodeState, encodeState } from '../store/records.js'
import type { Candidate, Version, VersionedValue } from '../types.js'
import type { BlockToLive } from './block-to-live.js'
import { expirePrivateWrites } from './expire.js'
import { PrivateIndex } from './index-entries.js'
import { privateExpiryKey, privateExpiryMark, privateStateKey, type OrganizationCollection } from './keys.js'
import { purgePrivateKeys } from './purge.js'
import { PrivateWriteRecords } from './records.js'
import { PrivateUpdates } from './updates.js'
import { readWriteSet } from './write-sets.js'

/** A block whose reads have been checked, with the private writes that came with it. */
export interface PrivateBlock {
  readonly number: number
  readonly candidates: readonly Candidate[]
  readonly codes: Uint8Array
  /** What the block makes of the public state and of the private hashes. */
  readonly updates: PendingUpdates
  readonly blockToLive: BlockToLive
  readonly database: Database
}

/** What is being made of the private tables. */
export interface PrivateDraft {
  readonly updates: PrivateUpdates
  readonly records: PrivateWriteRecords
  readonly index: PrivateIndex
  readonly changes: Change[]
}

/**
 * What a block changes in the organisations' private stores: it keeps the private writes, applies those of valid
 * transactions, removes what was purged and what `blockToLive` ends. As in a peer, the writes of invalid transactions
 * are kept with the block and change no value.
 */
export async function privateChanges(block: PrivateBlock): Promise<Change[]> {
  const { database } = block
  const draft: PrivateDraft = {
    updates: new PrivateUpdates(),
    records: new PrivateWriteRecords(database),
    index: new PrivateIndex(database),
    changes: [],
  }
  const described = await keepWrites(block, draft)
  for (const { of, key } of described) renewVersion(block, draft, of, key)
  await purgePrivateKeys(block, draft)
  await expirePrivateWrites(block, draft)
  for (const { key, update } of draft.updates.entries()) {
    draft.changes.push(
      update.value === undefined ? { key } : { key, record: encodeState(update.value, update.version) },
    )
  }
  return [...draft.changes, ...draft.records.changes(), ...draft.index.changes()]
}

interface DescribedKey {
  readonly of: OrganizationCollection
  readonly key: string
}

/** Keeps each transaction's writes and applies those of valid ones. Returns the keys whose metadata they change. */
async function keepWrites(block: PrivateBlock, draft: PrivateDraft): Promise<DescribedKey[]> {
  const described: DescribedKey[] = []
  for (const [index, { privateWrites = [] }] of block.candidates.entries()) {
    const place = { block: block.number, index }
    for (const { organization, sets } of privateWrites) {
      draft.records.set(organization, place, sets)
      for (const set of sets) {
        const of = { organization, namespace: set.namespace, collection: set.collection }
        const expiry = await block.blockToLive.expiry(set.namespace, set.collection, block.number)
        if (expiry !== undefined) {
          draft.changes.push({ key: privateExpiryKey(expiry, of, place), record: new Uint8Array() })
          draft.changes.push({ key: privateExpiryMark(expiry), record: new Uint8Array() })
        }
        const { writes, metadataWrites } = readWriteSet(set)
        for (const { key } of writes) draft.index.add(of, key, place)
        if (block.codes[index] !== 0) continue
        const version = { blockNum: block.number, txNum: index }
        for (const { key, isDelete, value } of writes) {
          draft.updates.set(of, key, { value: isDelete || value.length === 0 ? undefined : value, version })
        }
        described.push(...metadataWrites.map(({ key }) => ({ of, key })))
      }
    }
  }
  return described
}

/**
 * A change of metadata alone gives the hash a new version. The value takes it too, if it is the one that is hashed: else
 * it would look as if it were out of date.
 */
function renewVersion(block: PrivateBlock, { updates }: PrivateDraft, of: OrganizationCollection, key: string): void {
  const { namespace, collection } = of
  const hashed = block.updates.get({ namespace, collection, key: keyOfHash(sha256(Buffer.from(key))) })
  if (hashed?.value === undefined) return
  const pending = updates.get(of, key)
  const latest = pending?.value === undefined ? committedValue(block.database, of, key) : pending
  if (latest?.value === undefined || sameHeight(latest.version, hashed.version)) return
  if (equalBytes(sha256(latest.value), hashed.value)) {
    updates.set(of, key, { value: latest.value, version: hashed.version })
  }
}

/** The private value that was there before the block. */
export function committedValue(
  database: Database,
  of: OrganizationCollection,
  key: string,
): VersionedValue | undefined {
  const stored = privateStateKey(of, key)
  const record = database.getSync(stored)
  return record && decodeState(record, stored)
}

const sameHeight = (a: Version, b: Version): boolean => a.blockNum === b.blockNum && a.txNum === b.txNum
