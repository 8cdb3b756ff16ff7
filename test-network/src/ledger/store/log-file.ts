import { damaged } from '../errors.js'
import { maskedCrc32c } from './crc32c.js'

const BLOCK_BYTES = 32768
/** Checksum (4), length (2), type (1). */
const HEADER_BYTES = 7

const Type = { FULL: 1, FIRST: 2, MIDDLE: 3, LAST: 4 } as const

/**
 * Checks one of LevelDB's logs, and gives the records in it. Opening LevelDB drops a log record whose checksum fails and
 * goes on with the next; here such a record is damage if anything valid follows it. A torn end is what a crash leaves, and
 * is let through: that nothing acknowledged went with it is checked by the height that the guard keeps.
 *
 * @throws LedgerError `DAMAGED` with file and byte
 */
export function readLog(bytes: Buffer, name: string): Buffer[] {
  const records: Buffer[] = []
  let fragments: Buffer[] = []
  let bad: number | undefined
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const block = bytes.subarray(start, start + BLOCK_BYTES)
    let at = 0
    while (at + HEADER_BYTES <= block.length) {
      const payload = payloadAt(block, at)
      if (payload === undefined) {
        bad ??= start + at
        if (isZero(block.subarray(at))) break
        // Lengths can't be trusted behind a bad record: look for the next valid one at every byte.
        at++
        continue
      }
      if (bad !== undefined) throw damaged(`file ${name} at byte ${bad}`, 'the checksum of the record does not match')
      const type = block[at + 6]
      if (type === Type.FULL || type === Type.FIRST) fragments = []
      fragments.push(payload)
      if (type === Type.FULL || type === Type.LAST) records.push(Buffer.concat(fragments))
      at += HEADER_BYTES + payload.length
    }
  }
  return records
}

/** What the valid fragment at `at` holds, if there is one. */
function payloadAt(block: Buffer, at: number): Buffer | undefined {
  const type = block[at + 6] as number
  const end = at + HEADER_BYTES + block.readUInt16LE(at + 4)
  if (type < Type.FULL || type > Type.LAST || end > block.length) return undefined
  if (maskedCrc32c(block.subarray(at + 6, end)) !== block.readUInt32LE(at)) return undefined
  return block.subarray(at + HEADER_BYTES, end)
}

const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)
