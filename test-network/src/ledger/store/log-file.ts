import { readFile } from 'node:fs/promises'
import { damaged } from '../errors.js'
import { maskedCrc32c } from './crc32c.js'

const BLOCK_BYTES = 32768
/** Checksum (4), length (2), type (1). */
const HEADER_BYTES = 7
const LAST_TYPE = 4

/**
 * Checks one of LevelDB's logs. Opening LevelDB drops a log record whose checksum fails and goes on with the next; here
 * such a record is damage if anything valid follows it. A torn end is what a crash leaves, and is let through: that
 * nothing acknowledged went with it is checked by the height that the guard keeps.
 *
 * @throws LedgerError `DAMAGED` with file and byte
 */
export async function checkLogFile(path: string, name: string): Promise<void> {
  const bytes = await readFile(path)
  let bad: number | undefined
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const block = bytes.subarray(start, start + BLOCK_BYTES)
    let at = 0
    while (at + HEADER_BYTES <= block.length) {
      const size = recordSize(block, at)
      if (size === undefined) {
        bad ??= start + at
        if (isZero(block.subarray(at))) break
        // Lengths can't be trusted behind a bad record: look for the next valid one at every byte.
        at++
        continue
      }
      if (bad !== undefined) throw damaged(`file ${name} at byte ${bad}`, 'the checksum of the record does not match')
      at += size
    }
  }
}

/** The size of the valid record at `at`, if there is one. */
function recordSize(block: Buffer, at: number): number | undefined {
  const length = block.readUInt16LE(at + 4)
  const type = block[at + 6] as number
  const end = at + HEADER_BYTES + length
  if (type < 1 || type > LAST_TYPE || end > block.length) return undefined
  return maskedCrc32c(block.subarray(at + 6, end)) === block.readUInt32LE(at) ? HEADER_BYTES + length : undefined
}

const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)
