import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { seal, unseal } from './checksum.js'
import { openLevel, type Level } from './database.js'
import { decodeNumber, encodeNumber } from './records.js'

const HEIGHT = Buffer.from('acknowledged height')

/**
 * A second, tiny database beside the ledger's, for two things that the ledger's own cannot do for itself: hold the folder
 * against other processes while its files are still being checked, and remember the last height that was acknowledged.
 * A log that lost its end opens as a shorter, flawless ledger; only a witness outside tells that blocks are missing.
 *
 * The height is written after the block is on the disk, without waiting for the disk: it may lag after a power cut, but
 * is never ahead.
 */
export class Guard {
  private constructor(private readonly level: Level) {}

  /** @throws LedgerError `IN_USE`, `DAMAGED` */
  static async open(directory: string): Promise<Guard> {
    await mkdir(directory, { recursive: true })
    const location = join(directory, 'guard')
    const level: Level = new ClassicLevel(location, {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer',
      writeBufferSize: 1024 * 1024,
      cacheSize: 1024 * 1024,
    })
    await openLevel(level, location)
    return new Guard(level)
  }

  /** The last height noted; 0 where nothing readable is left of it. */
  async height(): Promise<number> {
    try {
      const sealed = await this.level.get(HEIGHT)
      return sealed === undefined ? 0 : decodeNumber(unseal(HEIGHT, sealed), HEIGHT)
    } catch {
      // Without the witness the ledger is as sound as its own checks say.
      return 0
    }
  }

  async note(height: number): Promise<void> {
    await this.level.put(HEIGHT, seal(HEIGHT, encodeNumber(height)), { sync: false })
  }

  async close(): Promise<void> {
    await this.level.close()
  }
}
