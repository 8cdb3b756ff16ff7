import { sha256 } from '@caizheng/fabric-wire'
import type { Change, Database } from '../store/database.js'
import {
  partsOfPrivateIndex,
  privateIndexKey,
  privateIndexOf,
  type OrganizationCollection,
  type Place,
} from './keys.js'

/** Where one organisation keeps a write of a key. */
export interface IndexEntry {
  readonly organization: string
  readonly place: Place
  readonly key: string
}

/** The index from key hashes to the writes of their keys, with the changes that a block makes to it. */
export class PrivateIndex {
  private readonly changed = new Map<string, Change>()

  constructor(private readonly database: Database) {}

  add(of: OrganizationCollection, key: string, place: Place): void {
    const stored = privateIndexKey(of, sha256(Buffer.from(key)), place)
    this.changed.set(stored.toString('latin1'), { key: stored, record: Buffer.from(key) })
  }

  remove(of: OrganizationCollection, key: string, place: Place): void {
    const stored = privateIndexKey(of, sha256(Buffer.from(key)), place)
    this.changed.set(stored.toString('latin1'), { key: stored })
  }

  /** Every write of a key that any organisation keeps, those of this block too. */
  async find(namespace: string, collection: string, keyHash: Uint8Array): Promise<IndexEntry[]> {
    const range = privateIndexOf(namespace, collection, keyHash)
    const found = new Map<string, Change>()
    for await (const [key, record] of this.database.scan(range)) found.set(key.toString('latin1'), { key, record })
    for (const [id, change] of this.changed) {
      if (range.gte.compare(change.key) <= 0 && range.lt.compare(change.key) > 0) found.set(id, change)
    }
    return [...found.values()].flatMap(({ key, record }) =>
      record ? [{ ...partsOfPrivateIndex(key), key: Buffer.from(record).toString() }] : [],
    )
  }

  changes(): Iterable<Change> {
    return this.changed.values()
  }
}
