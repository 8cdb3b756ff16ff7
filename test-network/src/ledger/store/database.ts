import { ClassicLevel } from 'classic-level'
import { LedgerError, damaged } from '../errors.js'
import { seal, unseal } from './checksum.js'
import { describeKey } from './describe-key.js'

export type Level = ClassicLevel<Buffer, Buffer>
export type LevelSnapshot = ReturnType<Level['snapshot']>
/** Makes the LevelDB handle; tests give one of their own that watches the writes. */
export type LevelFactory = (location: string) => Level

/** One change of a batch; no `record` deletes the key. */
export interface Change {
  readonly key: Buffer
  readonly record?: Uint8Array
}

const MIB = 1024 * 1024

export const createLevel: LevelFactory = (location) =>
  new ClassicLevel(location, {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
    // Small, for the memory of a laptop: the system's page cache keeps what is read again.
    writeBufferSize: 4 * MIB,
    cacheSize: 8 * MIB,
  })

/** The LevelDB database of a ledger: every record sealed at writing and checked at reading. */
export class Database {
  private constructor(private readonly level: Level) {}

  /** @throws LedgerError `IN_USE`, `DAMAGED` */
  static async open(location: string, create: LevelFactory = createLevel): Promise<Database> {
    const level = create(location)
    await openLevel(level, location)
    return new Database(level)
  }

  async get(key: Buffer, snapshot?: LevelSnapshot): Promise<Buffer | undefined> {
    const sealed = await this.reading(() => describeKey(key), this.level.get(key, snapshot ? { snapshot } : {}))
    return sealed && unseal(key, sealed)
  }

  /**
   * A small record, at once. Point reads are nearly always answered from memory in a few microseconds; through the thread
   * pool they take five times as long, and wait there behind the signatures that are being verified.
   */
  getSync(key: Buffer, snapshot?: LevelSnapshot): Buffer | undefined {
    let sealed: Buffer | undefined
    try {
      sealed = this.level.getSync(key, snapshot ? { snapshot } : {})
    } catch (error) {
      throw translate(error, describeKey(key))
    }
    return sealed && unseal(key, sealed)
  }

  async getMany(keys: Buffer[], snapshot?: LevelSnapshot): Promise<(Buffer | undefined)[]> {
    const first = keys[0]
    if (first === undefined) return []
    const found = await this.reading(
      () => `one of ${keys.length} records from ${describeKey(first)}`,
      this.level.getMany(keys, snapshot ? { snapshot } : {}),
    )
    return found.map((sealed, i) => sealed && unseal(keys[i] as Buffer, sealed))
  }

  /** Records in the order of their keys, in steps that stay small while the reader may stop early. */
  async *scan(range: { gte: Buffer; lt: Buffer }, snapshot?: LevelSnapshot): AsyncGenerator<[Buffer, Buffer]> {
    const iterator = this.level.iterator({ ...range, ...(snapshot && { snapshot }), highWaterMarkBytes: MIB })
    try {
      for (let step = 16; ; step = Math.min(step * 4, 1024)) {
        const rows = await this.reading(() => `records from ${describeKey(range.gte)}`, iterator.nextv(step))
        if (rows.length === 0) return
        for (const [key, sealed] of rows) yield [key, unseal(key, sealed)]
      }
    } finally {
      await iterator.close()
    }
  }

  /** All changes or none; with `sync` they are on the disk when this resolves. */
  async write(changes: readonly Change[], sync: boolean): Promise<void> {
    const batch = this.level.batch()
    try {
      for (const { key, record } of changes) {
        if (record === undefined) batch.del(key)
        else batch.put(key, seal(key, record))
      }
    } catch (error) {
      await batch.close()
      throw error
    }
    await batch.write({ sync })
  }

  snapshot(): LevelSnapshot {
    return this.level.snapshot()
  }

  async close(): Promise<void> {
    await this.level.close()
  }

  private async reading<T>(place: () => string, result: Promise<T>): Promise<T> {
    try {
      return await result
    } catch (error) {
      throw translate(error, place())
    }
  }
}

/** Opens LevelDB, with its failures told as the ledger's. */
export async function openLevel(level: Level, location: string): Promise<void> {
  try {
    await level.open()
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause ?? error
    if ((cause as { code?: string }).code === 'LEVEL_LOCKED') {
      throw new LedgerError(
        'IN_USE',
        `${location} is held by another process. Stop that process, or give this one a folder of its own.`,
        { cause },
      )
    }
    throw translate(cause, location)
  }
}

function translate(error: unknown, place: string): Error {
  const { code, message } = error as { code?: string; message: string }
  if (code?.endsWith('_NOT_OPEN')) {
    return new LedgerError('CLOSED', 'The ledger or its snapshot is closed; open it again to read from it.', {
      cause: error,
    })
  }
  if (/permission denied|no space left|too many open files|read-only/i.test(message)) {
    return new LedgerError(
      'NO_ACCESS',
      `${place}: the system refuses it (${message}). Nothing is damaged: give the process access, space or file handles, and open the ledger again.`,
      { cause: error },
    )
  }
  return damaged(place, `LevelDB cannot read it (${message})`, error)
}
