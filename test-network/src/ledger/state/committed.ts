import { decodeState } from '../store/records.js'
import { hashedStateKey, keyOfState, stateKey, stateRange } from '../store/keys.js'
import type { Database, LevelSnapshot } from '../store/database.js'
import type { StateEntry, VersionedValue } from '../types.js'
import { hashOfKey, type Target } from './operations.js'

/** The stored state: what all blocks before the one at hand have made. */
export class CommittedState {
  private readonly loaded = new Map<string, VersionedValue | undefined>()

  constructor(
    private readonly database: Database,
    private readonly snapshot?: LevelSnapshot,
  ) {}

  /** Reads many keys at once; `get` then answers for them from memory. */
  async load(targets: Iterable<Target>): Promise<void> {
    const keys = new Map<string, Buffer>()
    for (const target of targets) {
      const key = recordKey(target)
      const id = key.toString('latin1')
      if (!this.loaded.has(id)) keys.set(id, key)
    }
    const records = await this.database.getMany([...keys.values()], this.snapshot)
    let i = 0
    for (const [id, key] of keys) {
      const record = records[i++]
      this.loaded.set(id, record && decodeState(record, key))
    }
  }

  async get(target: Target): Promise<VersionedValue | undefined> {
    const id = recordKey(target).toString('latin1')
    if (!this.loaded.has(id)) await this.load([target])
    return this.loaded.get(id)
  }

  async *range(namespace: string, start: string, end: string): AsyncGenerator<StateEntry> {
    for await (const [stored, record] of this.database.scan(stateRange(namespace, start, end), this.snapshot)) {
      yield { key: keyOfState(stored), ...decodeState(record, stored) }
    }
  }
}

function recordKey({ namespace, collection, key }: Target): Buffer {
  return collection === undefined ? stateKey(namespace, key) : hashedStateKey(namespace, collection, hashOfKey(key))
}
