import { blockHash, dataHash, equalBytes, parseBlock, toHex, type Block } from '@caizheng/fabric-wire'
import { damaged } from './errors.js'
import type { Tip } from './prepare.js'
import type { Database } from './store/database.js'
import { blockKey, checkpointKey, headerKey, numberOfKey } from './store/keys.js'
import { decodeCheckpoint } from './store/records.js'

/** How many of the last blocks are read whole at opening. */
const WHOLE_BLOCKS = 16

/**
 * The quick check at opening: no block number is missing, the last blocks are whole and chained, the checkpoint is theirs,
 * and nothing that was acknowledged is gone.
 *
 * @throws LedgerError `DAMAGED`
 */
export async function checkTail(database: Database, acknowledged: number, genesis: string): Promise<Tip> {
  const record = await database.get(checkpointKey)
  if (record === undefined) throw damaged('checkpoint', 'it is missing')
  const checkpoint = decodeCheckpoint(record, checkpointKey)
  const { height } = checkpoint
  if (height < acknowledged) {
    throw damaged(`block ${height}`, `it was acknowledged, as all up to ${acknowledged - 1}, and is not there`)
  }
  if (height < 1) throw damaged('checkpoint', 'it names no block')

  const from = Math.max(0, height - WHOLE_BLOCKS)
  const hashes = await checkHeaders(database, height, genesis, from)
  if (!equalBytes(hashes.get(height - 1) as Uint8Array, checkpoint.hash)) {
    throw damaged('checkpoint', `its hash is not that of block ${height - 1}`)
  }
  for (let number = from; number < height; number++) {
    const block = await readBlock(database, number)
    const before = hashes.get(number - 1)
    if (!equalBytes(blockHash(block.header), hashes.get(number) as Uint8Array)) {
      throw damaged(`block ${number}`, 'its hash is not the one in the index')
    }
    if (before && !equalBytes(block.header.previousHash, before)) {
      throw damaged(`block ${number}`, `its previous hash is not that of block ${number - 1}`)
    }
  }
  return checkpoint
}

/** Walks the small header records: every number must be there, and none beyond. Keeps the hashes from `from` - 1 on. */
async function checkHeaders(
  database: Database,
  height: number,
  genesis: string,
  from: number,
): Promise<Map<number, Uint8Array>> {
  const hashes = new Map<number, Uint8Array>()
  let next = 0
  for await (const [key, hash] of database.scan({ gte: headerKey(0), lt: headerKey(Number.MAX_SAFE_INTEGER) })) {
    if (numberOfKey(key) !== next) break
    if (next === 0 && toHex(hash) !== genesis) throw damaged('block 0', 'it is not the genesis block of this channel')
    if (next >= from - 1) hashes.set(next, hash)
    next++
  }
  if (next !== height)
    throw damaged(`block ${Math.min(next, height)}`, next < height ? 'it is missing' : 'it lies beyond the checkpoint')
  return hashes
}

/**
 * A stored block whose data match its header.
 *
 * @throws LedgerError `DAMAGED`
 */
export async function readBlock(database: Database, number: number): Promise<Block> {
  const place = `block ${number}`
  const bytes = await database.get(blockKey(number))
  if (bytes === undefined) throw damaged(place, 'it is missing')
  let block: Block
  try {
    block = parseBlock(bytes)
  } catch (error) {
    throw damaged(place, 'it cannot be parsed', error)
  }
  if (block.header.number !== number) throw damaged(place, `it calls itself block ${block.header.number}`)
  if (!equalBytes(dataHash(block.data), block.header.dataHash)) {
    throw damaged(place, 'its data do not match the data hash of its header')
  }
  return block
}
