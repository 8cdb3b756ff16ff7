import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import type { Trust } from '@caizheng/evidence'
import { blockHash, isConfigBlock, type Block } from '@caizheng/fabric-wire'
import { Chain, genesisTip, judgeAuthorities, type OpenedBlock } from './chain/chain.js'
import { judgeLink, readBlock } from './chain/link.js'
import { doubt, type Doubt } from './doubts/doubt.js'
import { AuditError } from './errors.js'
import { Books, type BooksState } from './gather/books.js'
import { loadBuilds } from './replay/build.js'
import { reportOf, type AuditReport } from './report/report.js'
import type { BlockSource, FoundBlock } from './source/source.js'
import { readCheckpoint, writeCheckpoint } from './state/checkpoint.js'
import { ReplayedState } from './state/state.js'

/** How many transactions are opened ahead of the one that is judged: the thread pool verifies their signatures meanwhile. */
const AHEAD = 256
const CHECKPOINT_MS = 30_000

/** What an audit needs. */
export interface AuditOptions {
  /** Pins the chain: genesis, organisations, definitions. */
  readonly trust: Trust
  readonly source: BlockSource
  /** A folder for what is needed to go on after a stop; nothing is kept without. */
  readonly folder?: string
  /** A folder of older builds of the chaincodes, `*.cjs`: each is used where a definition names its digest. */
  readonly builds?: string
  /** Told after each block. */
  readonly onProgress?: (progress: AuditProgress) => void
  /** Stops after a block; what was done is kept. */
  readonly signal?: AbortSignal
}

/** How far an audit is. */
export interface AuditProgress {
  /** Blocks done, and how many there are, where that is known. */
  readonly blocks: number
  readonly height: number | undefined
  readonly transactions: number
  readonly doubts: number
}

/**
 * Replays a chain from its genesis: hashes, orderers' signatures, creators, endorsements, reads, and every rule. What is
 * wrong with the chain stands in the report; nothing of it is thrown.
 *
 * @throws {AuditError} where there is nothing to audit, or what an earlier run left is not of this audit
 * @throws {CaizhengError} where the source is a peer that can't be asked
 * @example
 * ```ts
 * const report = await audit({ trust: openTrust(await readFile('trust.json')), source: fileSource('blocks') })
 * console.log(report.outcome, report.doubts.length)
 * ```
 */
export async function audit(options: AuditOptions): Promise<AuditReport> {
  const { trust, source, folder, signal } = options
  const builds = await loadBuilds(options.builds)
  const subject = createHash('sha256')
    .update([trust.fingerprint, ...[...builds.keys()].sort()].join('\n'))
    .digest('hex')
  const file = folder && join(folder, 'audit.checkpoint')
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  const began = Date.now()
  const height = await source.height()
  const earlier = file && (await resumed(options, file, subject, builds))
  const run = earlier || (await begun(options, builds))
  const resumedAt = earlier ? run.chain.tip.height : 0
  const keep = async (): Promise<void> => {
    if (file === undefined) return
    const { chain, state, txIds, books } = run
    await writeCheckpoint(file, { subject, tip: chain.tip, state, txIds, parts: { books: books.kept } })
  }
  let last = Date.now()
  for await (const { opened, bytes } of openedBlocks(run, source.blocks(run.chain.tip.height))) {
    run.books.doubts.push(...(await run.chain.judge(opened, bytes, run.books)))
    const { transactions, doubts } = run.books
    options.onProgress?.({ blocks: run.chain.tip.height, height, transactions, doubts: doubts.length })
    if (signal?.aborted) break
    if (Date.now() - last < CHECKPOINT_MS) continue
    await keep()
    last = Date.now()
  }
  await keep()
  return reportOf({ trust, source: source.name, run, resumedAt, began, complete: !signal?.aborted })
}

/** A chain with its state and books. */
export interface AuditRun {
  readonly state: ReplayedState
  readonly txIds: Set<string>
  readonly chain: Chain
  readonly books: Books
  /** What ended it before the last block. Not kept: the next run may find the block mended. */
  readonly ended: Doubt[]
}

async function begun(
  { trust, source }: AuditOptions,
  builds: Awaited<ReturnType<typeof loadBuilds>>,
): Promise<AuditRun> {
  for await (const { bytes, from } of source.blocks(0)) {
    const block = readBlock(bytes)
    if (typeof block === 'string') throw new AuditError('NO_BLOCKS', `${from} is no block: ${block}`)
    const state = new ReplayedState()
    const txIds = new Set<string>()
    const chain = new Chain(trust, state, txIds, genesisTip(block, bytes, trust))
    const books = new Books(trust, builds, state, chain)
    books.doubts.push(...judgeLink(block, undefined, undefined), ...judgeAuthorities(chain.config, trust, 0))
    return { state, txIds, chain, books, ended: [] }
  }
  throw new AuditError('NO_BLOCKS', `${source.name} holds no blocks`)
}

async function resumed(
  { trust }: AuditOptions,
  file: string,
  subject: string,
  builds: Awaited<ReturnType<typeof loadBuilds>>,
): Promise<AuditRun | undefined> {
  const kept = await readCheckpoint(file, subject)
  if (kept === undefined) return undefined
  const { state } = kept
  const txIds = new Set(kept.txIds)
  const chain = new Chain(trust, state, txIds, kept.tip)
  const books = new Books(trust, builds, state, chain, kept.parts['books'] as BooksState)
  return { state, txIds, chain, books, ended: [] }
}

interface Ahead {
  readonly bytes: Uint8Array
  readonly block: Block
  readonly opened: Promise<OpenedBlock>
}

/** Opens blocks ahead, but never past a configuration block: what follows is judged under the configuration that it brings. */
async function* openedBlocks(
  { chain, ended }: AuditRun,
  found: AsyncIterable<FoundBlock>,
): AsyncGenerator<{ opened: OpenedBlock; bytes: Uint8Array }> {
  const ahead: Ahead[] = []
  let waiting = 0
  let { height, hash } = chain.tip
  const take = async () => {
    const { opened, bytes, block } = ahead.shift() as Ahead
    waiting -= block.data.length
    return { opened: await opened, bytes }
  }
  for await (const { bytes, from } of found) {
    const block = readBlock(bytes)
    if (typeof block === 'string') {
      ended.push(doubt('BLOCK_UNREADABLE', { block: height }, { from, why: block }))
      break
    }
    if (block.header.number !== height) {
      const values = { expected: height, from, number: block.header.number }
      ended.push(doubt('BLOCK_MISSING', { block: height }, values))
      break
    }
    const configures = isConfigBlock(block)
    while (ahead.length > 0 && (configures || waiting >= AHEAD)) yield await take()
    const opened = chain.open(block, hash)
    opened.catch(() => undefined)
    ahead.push({ bytes, block, opened })
    waiting += block.data.length
    height = block.header.number + 1
    hash = blockHash(block.header)
    if (configures) yield await take()
  }
  while (ahead.length > 0) yield await take()
}
