import type { Change, Database, LevelSnapshot } from '../store/database.js'
import { checkpointKey } from '../store/keys.js'
import { decodeCheckpoint } from '../store/records.js'

/** A cache of more records than this, or of more bytes, is thrown away and begun anew. */
const MOST_RECORDS = 8192
const MOST_BYTES = 4 * 1024 * 1024

/** What a record said; there may be no record. */
interface Known {
  readonly value: unknown
  readonly size: number
}

/**
 * The state at one height, as all its readers see it: one LevelDB snapshot for all of them, and what they read is kept,
 * since three organisations simulate the same transaction and a block's validation reads the same keys again. Values are
 * shared between readers, who must not write into them.
 *
 * It is closed when its last reader is: a LevelDB snapshot keeps old values alive.
 */
export class StateView {
  readonly height: number
  readonly #snapshot: LevelSnapshot
  readonly #database: Database
  readonly #known: Map<string, Known>
  #bytes = 0
  #readers = 0
  #retired = false

  /** @param known what the view before it knew and no block has changed since */
  constructor(database: Database, known = new Map<string, Known>()) {
    this.#database = database
    this.#snapshot = database.snapshot()
    this.#known = known
    for (const { size } of known.values()) this.#bytes += size
    // Read from the snapshot itself: a block may just be on its way to the disk.
    const checkpoint = database.getSync(checkpointKey, this.#snapshot)
    this.height = checkpoint ? decodeCheckpoint(checkpoint, checkpointKey).height : 0
  }

  get snapshot(): LevelSnapshot {
    return this.#snapshot
  }

  /** A record as `decode` reads it, which must be the same function for the same key. */
  get<T>(key: Buffer, decode: (record: Buffer, key: Buffer) => T): T | undefined {
    const id = key.toString('latin1')
    const known = this.#known.get(id)
    if (known) return known.value as T | undefined
    const record = this.#database.getSync(key, this.#snapshot)
    const value = record && decode(record, key)
    this.#keep(id, { value, size: id.length + (record?.length ?? 0) })
    return value
  }

  join(): void {
    this.#readers += 1
  }

  async leave(): Promise<void> {
    this.#readers -= 1
    await this.#closeIfUnused()
  }

  /** No more readers will join. */
  async retire(): Promise<void> {
    this.#retired = true
    await this.#closeIfUnused()
  }

  /** What stays true after a block that made these changes. */
  knownAfter(changes: readonly Change[]): Map<string, Known> {
    const known = new Map(this.#known)
    for (const { key } of changes) known.delete(key.toString('latin1'))
    return known
  }

  #keep(id: string, known: Known): void {
    if (this.#known.size >= MOST_RECORDS || this.#bytes + known.size > MOST_BYTES) {
      this.#known.clear()
      this.#bytes = 0
    }
    this.#known.set(id, known)
    this.#bytes += known.size
  }

  async #closeIfUnused(): Promise<void> {
    if (this.#retired && this.#readers === 0) await this.#snapshot.close()
  }
}
