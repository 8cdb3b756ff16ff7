import { open, type FileHandle } from 'node:fs/promises'
import { damaged } from '../errors.js'
import { maskedCrc32c } from './crc32c.js'
import { ByteReader } from './byte-reader.js'
import { uncompress } from './snappy.js'

const FOOTER_BYTES = 48
const MAGIC = 0xdb4775248b80fb57n
/** Behind each block: one byte for the compression, four for the checksum. */
const TRAILER_BYTES = 5

interface Handle {
  readonly offset: number
  readonly size: number
}

/**
 * Checks every byte of one of LevelDB's sorted tables. LevelDB has a checksum for each block and, as it is built for
 * Node, does not look at it: a flipped bit in a key or in a filter would make a record vanish without an error.
 *
 * @throws LedgerError `DAMAGED` with file and byte
 */
export async function checkTableFile(path: string, name: string): Promise<void> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size < FOOTER_BYTES) throw damaged(`file ${name}`, 'it is cut off')
    const footerAt = size - FOOTER_BYTES
    const footer = await read(file, footerAt, FOOTER_BYTES)
    if (footer.readBigUInt64LE(FOOTER_BYTES - 8) !== MAGIC) {
      throw damaged(`file ${name} at byte ${footerAt}`, 'the footer is not that of a table')
    }
    const [metaindex, index] = parsing(name, footerAt, () => {
      const handles = new ByteReader(footer)
      return [handle(handles), handle(handles)] as const
    })
    const blocks = [
      ...(await entries(file, name, index)),
      ...(await entries(file, name, metaindex)),
      metaindex,
      index,
    ].sort((a, b) => a.offset - b.offset)
    await checkBlocks(file, name, blocks, footerAt)
  } finally {
    await file.close()
  }
}

/** The blocks must follow each other without gaps, so that no byte is left unguarded. */
async function checkBlocks(file: FileHandle, name: string, blocks: Handle[], footerAt: number): Promise<void> {
  let at = 0
  for (const block of blocks) {
    if (block.offset !== at) throw damaged(`file ${name} at byte ${at}`, 'no block covers it')
    await readBlock(file, name, block)
    at += block.size + TRAILER_BYTES
  }
  if (at !== footerAt) throw damaged(`file ${name} at byte ${at}`, 'no block covers it')
}

async function readBlock(file: FileHandle, name: string, block: Handle): Promise<Buffer> {
  const place = `file ${name} at byte ${block.offset}`
  const { size } = await file.stat()
  if (block.offset + block.size + TRAILER_BYTES + FOOTER_BYTES > size)
    throw damaged(place, 'the block runs past the end')
  const bytes = await read(file, block.offset, block.size + TRAILER_BYTES)
  if (maskedCrc32c(bytes.subarray(0, block.size + 1)) !== bytes.readUInt32LE(block.size + 1)) {
    throw damaged(place, 'the checksum of the block does not match')
  }
  return bytes.subarray(0, block.size + 1)
}

/** The blocks that an index block names. Its keys don't matter here, only its values. */
async function entries(file: FileHandle, name: string, index: Handle): Promise<Handle[]> {
  const stored = await readBlock(file, name, index)
  return parsing(name, index.offset, () => {
    const compressed = stored[index.size] === 1
    const content = stored.subarray(0, index.size)
    const bytes = Buffer.from(compressed ? uncompress(content) : content)
    const restarts = bytes.readUInt32LE(bytes.length - 4)
    const end = bytes.length - 4 * (restarts + 1)
    const rows = new ByteReader(bytes)
    const found: Handle[] = []
    while (rows.position < end) {
      // How many bytes the key shares with the one before, how many are its own, and how many the value has.
      rows.varint()
      const keyBytes = rows.varint()
      rows.varint()
      rows.take(keyBytes)
      found.push(handle(rows))
    }
    return found
  })
}

const handle = (bytes: ByteReader): Handle => ({ offset: bytes.varint(), size: bytes.varint() })

function parsing<T>(name: string, offset: number, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw damaged(`file ${name} at byte ${offset}`, 'the index of the table cannot be read', error)
  }
}

async function read(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, offset)
  return buffer.subarray(0, bytesRead)
}
