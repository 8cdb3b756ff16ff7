import { join } from 'node:path'
import { blockHash, parseBlock, toHex } from '@caizheng/fabric-wire'
import type { Ledger } from './api.js'
import { LedgerError, damaged } from './errors.js'
import { LevelLedger } from './ledger.js'
import type { Tip } from './prepare.js'
import { TransientStore } from './private/transient.js'
import { candidatesOf } from './replay.js'
import { Database, createLevel, type LevelFactory } from './store/database.js'
import { checkFiles } from './store/files.js'
import { Guard } from './store/guard.js'
import { formatKey } from './store/keys.js'
import { FORMAT_VERSION, decodeFormat, encodeFormat, type Format } from './store/records.js'
import { checkTail } from './tail.js'

export interface LedgerOptions {
  readonly channel: string
  /** The serialized block 0. An empty folder starts with it; any other must have been started with it. */
  readonly genesis: Uint8Array
  /** Whether `commit` waits for the disk; without it a power cut may take acknowledged blocks. Default true. */
  readonly sync?: boolean
  /** How many bytes of LevelDB's files to check at opening, the newest first. Default 512 MiB. */
  readonly checkBytes?: number
}

const DEFAULT_CHECK_BYTES = 512 * 1024 * 1024

/**
 * Opens the ledger in `directory`, or starts one there.
 *
 * @throws LedgerError `IN_USE`, `NEWER_FORMAT`, `OTHER_CHANNEL`, `DAMAGED` with its place
 * @example
 * const ledger = await openLedger('.caizheng/ledger', { channel: 'fiscal', genesis })
 * const { codes, commitHash } = await ledger.commit(block, candidates)
 */
export function openLedger(directory: string, options: LedgerOptions): Promise<Ledger> {
  return openLedgerOn(directory, options, createLevel)
}

/** `openLedger` on a given LevelDB handle. */
export async function openLedgerOn(directory: string, options: LedgerOptions, create: LevelFactory): Promise<Ledger> {
  const opened = await openParts(directory, options.checkBytes ?? DEFAULT_CHECK_BYTES, create)
  try {
    return await start(opened, options)
  } catch (error) {
    await opened.database.close()
    await opened.guard.close()
    throw error
  }
}

interface OpenedParts {
  readonly guard: Guard
  readonly database: Database
}

/** Takes hold of the folder, then checks LevelDB's files *before* LevelDB repairs them in its own, silent way. */
export async function openParts(directory: string, checkBytes: number, create: LevelFactory): Promise<OpenedParts> {
  const guard = await Guard.open(directory)
  try {
    const location = join(directory, 'data')
    await checkFiles(location, checkBytes)
    return { guard, database: await Database.open(location, create) }
  } catch (error) {
    await guard.close()
    throw error
  }
}

async function start({ guard, database }: OpenedParts, options: LedgerOptions): Promise<Ledger> {
  const genesis = parseBlock(options.genesis)
  const ours: Format = { version: FORMAT_VERSION, channel: options.channel, genesis: toHex(blockHash(genesis.header)) }
  const format = await readFormat(database)
  const acknowledged = await guard.height()
  const transients = await TransientStore.open(database)
  const parts = { channel: options.channel, database, guard, transients, sync: options.sync ?? true }

  if (format === undefined) {
    if (acknowledged > 0)
      throw damaged('block 0', `the ledger is empty, but block ${acknowledged - 1} was acknowledged`)
    const ledger = new LevelLedger({ ...parts, tip: EMPTY })
    await ledger.create(genesis, candidatesOf(genesis), { key: formatKey, record: encodeFormat(ours) })
    return ledger
  }
  if (format.channel !== ours.channel || format.genesis !== ours.genesis) {
    throw new LedgerError(
      'OTHER_CHANNEL',
      `The folder holds channel ${format.channel} (genesis ${format.genesis}), not ${ours.channel} (genesis ${ours.genesis}). Give each channel a folder of its own.`,
    )
  }
  return new LevelLedger({ ...parts, tip: await checkTail(database, acknowledged, ours.genesis) })
}

const EMPTY: Tip = { height: 0, hash: new Uint8Array(), commitHash: new Uint8Array() }

/**
 * @returns undefined where nothing at all is stored
 * @throws LedgerError `NEWER_FORMAT`, `DAMAGED`
 */
export async function readFormat(database: Database): Promise<Format | undefined> {
  const record = await database.get(formatKey)
  if (record === undefined) {
    const { done } = await database.scan({ gte: Buffer.of(0), lt: Buffer.of(0xff) }).next()
    if (!done) throw damaged('format record', 'it is missing, while other records are there')
    return undefined
  }
  const format = decodeFormat(record, formatKey)
  if (format.version > FORMAT_VERSION) {
    throw new LedgerError(
      'NEWER_FORMAT',
      `The ledger has format ${format.version}, and this release reads up to ${FORMAT_VERSION}. Start it with the release that wrote it, or a later one.`,
    )
  }
  return format
}
