import { LedgerError } from '../errors.js'
import { partsOfPrivateState, privateStateKey, privateStateRange } from '../private/keys.js'
import type { Database, LevelSnapshot } from '../store/database.js'
import { hashedMetadataKey, hashedStateKey, keyOfState, metadataKey, stateKey, stateRange } from '../store/keys.js'
import { decodeMetadata } from '../store/metadata.js'
import { decodeState } from '../store/records.js'
import type { MetadataEntry, StateEntry, StateSnapshot, VersionedValue } from '../types.js'
import type { StateView } from './view.js'

/** One reader of the state at a height. */
export class LevelStateSnapshot implements StateSnapshot {
  private closed = false

  constructor(
    private readonly database: Database,
    private readonly view: StateView,
  ) {
    view.join()
  }

  get height(): number {
    return this.view.height
  }

  get(namespace: string, key: string): Promise<VersionedValue | undefined> {
    return this.state(stateKey(namespace, key))
  }

  async getMany(namespace: string, keys: readonly string[]): Promise<(VersionedValue | undefined)[]> {
    const stored = keys.map((key) => stateKey(namespace, key))
    const records = await this.database.getMany(stored, this.open())
    return records.map((record, i) => record && decodeState(record, stored[i] as Buffer))
  }

  async *range(namespace: string, start: string, end: string): AsyncGenerator<StateEntry> {
    for await (const [stored, record] of this.database.scan(stateRange(namespace, start, end), this.open())) {
      yield { key: keyOfState(stored), ...decodeState(record, stored) }
    }
  }

  metadata(namespace: string, key: string): Promise<MetadataEntry[] | undefined> {
    return this.entries(metadataKey(namespace, key))
  }

  getHashed(namespace: string, collection: string, keyHash: Uint8Array): Promise<VersionedValue | undefined> {
    return this.state(hashedStateKey(namespace, collection, keyHash))
  }

  hashedMetadata(namespace: string, collection: string, keyHash: Uint8Array): Promise<MetadataEntry[] | undefined> {
    return this.entries(hashedMetadataKey(namespace, collection, keyHash))
  }

  getPrivate(
    organization: string,
    namespace: string,
    collection: string,
    key: string,
  ): Promise<VersionedValue | undefined> {
    return this.state(privateStateKey({ organization, namespace, collection }, key))
  }

  async *privateRange(
    organization: string,
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncGenerator<StateEntry> {
    const range = privateStateRange({ organization, namespace, collection }, start, end)
    for await (const [stored, record] of this.database.scan(range, this.open())) {
      yield { key: partsOfPrivateState(stored).key, ...decodeState(record, stored) }
    }
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    await this.view.leave()
  }

  private state(stored: Buffer): Promise<VersionedValue | undefined> {
    return this.read(stored, decodeState)
  }

  private entries(stored: Buffer): Promise<MetadataEntry[] | undefined> {
    return this.read(stored, decodeMetadata)
  }

  private async read<T>(stored: Buffer, decode: (record: Buffer, key: Buffer) => T): Promise<T | undefined> {
    return this.opened().get(stored, decode)
  }

  private open(): LevelSnapshot {
    return this.opened().snapshot
  }

  private opened(): StateView {
    if (this.closed) throw new LedgerError('CLOSED', 'This snapshot is closed; take a new one from the ledger.')
    return this.view
  }
}
