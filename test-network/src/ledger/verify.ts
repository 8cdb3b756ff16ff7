import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BlockMetadataIndex, Metadata, decode, equalBytes, toHex, txFilter, type Block } from '@caizheng/fabric-wire'
import { compareTables } from './compare-tables.js'
import { LedgerError, damaged } from './errors.js'
import { openParts, readFormat } from './open.js'
import { prepareBlock, type Tip } from './prepare.js'
import { verifyPrivate } from './private/verify.js'
import { candidatesOf } from './replay.js'
import { Database, createLevel } from './store/database.js'
import { Table, formatKey } from './store/keys.js'
import { encodeFormat } from './store/records.js'
import { checkTail, readBlock } from './tail.js'

/** How far `verifyLedger` has come. */
export interface VerifyProgress {
  readonly phase: 'files' | 'blocks' | 'records'
  /** Blocks or records done. */
  readonly done: number
  /** Blocks in all; for records and files not known. */
  readonly total: number | undefined
}

/** What a sound ledger was found to hold. */
export interface VerifyReport {
  readonly channel: string
  readonly height: number
  readonly tipHash: string
  readonly commitHash: string
  readonly transactions: number
  readonly validTransactions: number
  /** Records of all tables that were compared with the replay. */
  readonly records: number
  /** Records of the organisations' private data, whose values were compared with their hashes on the chain. */
  readonly privateRecords: number
}

/**
 * Checks a ledger that no process holds open, byte by byte: LevelDB's files, every record's checksum, the chain of hashes,
 * data hashes, flags and commit hashes; and replays all blocks into a scratch folder beside it, to compare state, history
 * and indexes record by record. Endorsements are not judged again: the flags other than read conflicts are taken as given.
 *
 * @param onProgress called now and then
 * @throws LedgerError `DAMAGED` at the first place that is wrong; `IN_USE`, `NOT_A_LEDGER`, `NEWER_FORMAT`
 * @example
 * const { height, tipHash } = await verifyLedger('.caizheng/ledger', ({ done, total }) => console.log(done, total))
 */
export async function verifyLedger(
  directory: string,
  onProgress: (progress: VerifyProgress) => void = () => undefined,
): Promise<VerifyReport> {
  await refuseOtherFolder(directory)
  onProgress({ phase: 'files', done: 0, total: undefined })
  const { guard, database } = await openParts(directory, Number.MAX_SAFE_INTEGER, createLevel)
  // Only one process verifies at a time, as the guard is held; what an interrupted run left goes first.
  const location = join(directory, 'verify')
  try {
    await rm(location, { recursive: true, force: true })
    const scratch = await Database.open(location, createLevel)
    try {
      return await verifyOn(database, scratch, directory, await guard.height(), onProgress)
    } finally {
      await scratch.close()
    }
  } finally {
    await rm(location, { recursive: true, force: true })
    await database.close()
    await guard.close()
  }
}

/** Looks before anything is opened, because opening an empty folder would fill it. */
async function refuseOtherFolder(directory: string): Promise<void> {
  const found = await stat(join(directory, 'guard')).catch(() => undefined)
  if (!found) throw notALedger(directory)
}

const notALedger = (directory: string): LedgerError =>
  new LedgerError('NOT_A_LEDGER', `${directory} holds no ledger: give the folder of one.`)

async function verifyOn(
  database: Database,
  scratch: Database,
  directory: string,
  acknowledged: number,
  onProgress: (progress: VerifyProgress) => void,
): Promise<VerifyReport> {
  const format = await readFormat(database)
  if (format === undefined) throw notALedger(directory)
  await scratch.write([{ key: formatKey, record: encodeFormat(format) }], false)
  const { height } = await checkTail(database, acknowledged, format.genesis)
  let tip: Tip = { height: 0, hash: new Uint8Array(), commitHash: new Uint8Array() }
  let transactions = 0
  let validTransactions = 0
  while (tip.height < height) {
    const block = await readBlock(database, tip.height)
    const replayed = await replay(block, tip, scratch)
    tip = { height: tip.height + 1, hash: replayed.hash, commitHash: replayed.commitHash }
    transactions += block.data.length
    validTransactions += replayed.codes.filter((code) => code === 0).length
    onProgress({ phase: 'blocks', done: tip.height, total: height })
  }
  const records = await compareTables(database, scratch, (done) =>
    onProgress({ phase: 'records', done, total: undefined }),
  )
  const privateRecords = await verifyPrivate(database)
  const [tipHash, commitHash] = [toHex(tip.hash), toHex(tip.commitHash)]
  return {
    channel: format.channel,
    height,
    tipHash,
    commitHash,
    transactions,
    validTransactions,
    records,
    privateRecords,
  }
}

/** Commits a stored block to the scratch database, and compares the verdicts with those that it carries. */
async function replay(
  block: Block,
  tip: Tip,
  scratch: Database,
): Promise<{ hash: Uint8Array; commitHash: Uint8Array; codes: Uint8Array }> {
  const place = `block ${block.header.number}`
  const flags = txFilter(block)
  if (flags.length !== block.data.length) throw damaged(place, 'it has not one flag for each transaction')
  const { changes, hash, commitHash, codes } = await prepareAgain(block, tip, scratch)
  const differs = codes.findIndex((code, i) => code !== flags[i])
  if (differs >= 0) {
    throw damaged(
      place,
      `its transaction ${differs} is flagged ${flags[differs]}, and by its reads it is ${codes[differs]}`,
    )
  }
  if (!equalBytes(storedCommitHash(block), commitHash))
    throw damaged(place, 'its commit hash is not that of its changes')
  // The blocks themselves have just been checked; writing them again would double the disk that this takes.
  await scratch.write(
    changes.filter(({ key }) => key[0] !== Table.block),
    false,
  )
  return { hash, commitHash, codes }
}

async function prepareAgain(block: Block, tip: Tip, scratch: Database): ReturnType<typeof prepareBlock> {
  try {
    return await prepareBlock(block, candidatesOf(block), tip, scratch)
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code === 'DAMAGED') throw error
    throw damaged(`block ${block.header.number}`, error.message, error)
  }
}

function storedCommitHash(block: Block): Uint8Array {
  const bytes = block.metadata[BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array()
  try {
    return decode(Metadata, bytes).value
  } catch (error) {
    throw damaged(`block ${block.header.number}`, 'its commit hash cannot be read', error)
  }
}
