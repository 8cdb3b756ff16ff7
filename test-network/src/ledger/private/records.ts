import type { Change, Database } from '../store/database.js'
import { indexOfPrivateWrites, privateWritesKey, privateWritesOfBlock, type Place } from './keys.js'
import type { PrivateWriteSet, StoredPrivateWrites } from './types.js'
import { decodeWriteSets, encodeWriteSets } from './write-sets.js'

/** The stored private writes of transactions, with the changes that a block makes to them. */
export class PrivateWriteRecords {
  private readonly changed = new Map<string, { readonly key: Buffer; readonly sets: readonly PrivateWriteSet[] }>()

  constructor(private readonly database: Database) {}

  get(organization: string, place: Place): readonly PrivateWriteSet[] {
    const key = privateWritesKey(organization, place)
    const changed = this.changed.get(key.toString('latin1'))
    if (changed) return changed.sets
    const record = this.database.getSync(key)
    return record ? decodeWriteSets(record) : []
  }

  set(organization: string, place: Place, sets: readonly PrivateWriteSet[]): void {
    const key = privateWritesKey(organization, place)
    this.changed.set(key.toString('latin1'), { key, sets })
  }

  *changes(): Generator<Change> {
    for (const { key, sets } of this.changed.values()) {
      yield sets.length > 0 ? { key, record: encodeWriteSets(sets) } : { key }
    }
  }
}

/** The private writes of a block that an organisation keeps, in the order of the transactions. */
export async function readPrivateWrites(
  database: Database,
  organization: string,
  block: number,
): Promise<StoredPrivateWrites[]> {
  const found: StoredPrivateWrites[] = []
  for await (const [stored, record] of database.scan(privateWritesOfBlock(organization, block))) {
    found.push({ index: indexOfPrivateWrites(stored), sets: decodeWriteSets(record) })
  }
  return found
}
