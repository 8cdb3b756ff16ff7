import { LedgerError } from '../errors.js'
import { partsOfPrivateState, privateStateKey, privateStateRange } from '../private/keys.js'
import type { Database, LevelSnapshot } from '../store/database.js'
import {
  checkpointKey,
  hashedMetadataKey,
  hashedStateKey,
  keyOfState,
  metadataKey,
  stateKey,
  stateRange,
} from '../store/keys.js'
import { decodeMetadata } from '../store/metadata.js'
import { decodeCheckpoint, decodeState } from '../store/records.js'
import type { MetadataEntry, StateEntry, StateSnapshot, VersionedValue } from '../types.js'

/** A LevelDB snapshot: it costs a list entry until it is closed, and keeps old values alive so long. */
export class LevelStateSnapshot implements StateSnapshot {
  readonly height: number
  private readonly snapshot: LevelSnapshot
  private closed = false

  constructor(private readonly database: Database) {
    this.snapshot = database.snapshot()
    // Read from the snapshot itself: a block may just be on its way to the disk.
    const checkpoint = database.getSync(checkpointKey, this.snapshot)
    this.height = checkpoint ? decodeCheckpoint(checkpoint, checkpointKey).height : 0
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
    this.closed = true
    await this.snapshot.close()
  }

  private async state(stored: Buffer): Promise<VersionedValue | undefined> {
    const record = this.database.getSync(stored, this.open())
    return record && decodeState(record, stored)
  }

  private async entries(stored: Buffer): Promise<MetadataEntry[] | undefined> {
    const record = this.database.getSync(stored, this.open())
    return record && decodeMetadata(record, stored)
  }

  private open(): LevelSnapshot {
    if (this.closed) throw new LedgerError('CLOSED', 'This snapshot is closed; take a new one from the ledger.')
    return this.snapshot
  }
}
