import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { decodeLoose, WireBlock, WireError } from '@caizheng/fabric-wire'
import { AuditError } from '../errors.js'
import { blocksOfLedgerFile } from './ledger-file.js'
import type { BlockSource, FoundBlock } from './source.js'

const LEDGER_FILE = /^blockfile_\d+$/
const BLOCK_FILE = /\.(block|pb)$/

/**
 * The chain in files: a folder of single blocks (`*.block`, `*.pb`, as `peer channel fetch` writes them), or a peer's or an
 * orderer's own `blockfile_*`, or one file of either kind.
 *
 * @throws {AuditError} `NO_BLOCKS` from `height` and `blocks`
 */
export function fileSource(path: string): BlockSource {
  let found: Promise<Found> | undefined
  const find = (): Promise<Found> => (found ??= findFiles(path))
  return {
    name: path,
    height: async () => {
      const { single, ledger } = await find()
      return ledger.length > 0 ? undefined : Math.max(...single.map(({ number }) => number)) + 1
    },
    async *blocks(from) {
      const { single, ledger } = await find()
      for (const file of ledger) yield* ledgerBlocks(file, from)
      for (const { file, number } of single) {
        if (number >= from) yield { bytes: await readFile(file), from: basename(file) }
      }
    },
  }
}

interface Found {
  /** Ascending by number; what can't be read stands where its name puts it. */
  readonly single: readonly { readonly file: string; readonly number: number }[]
  readonly ledger: readonly string[]
}

async function findFiles(path: string): Promise<Found> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new AuditError('NO_BLOCKS', `${path} can't be read`, { cause })
  })
  const names = info.isDirectory() ? (await readdir(path)).sort() : [basename(path)]
  const folder = info.isDirectory() ? path : join(path, '..')
  const ledger = names.filter((name) => LEDGER_FILE.test(name)).map((name) => join(folder, name))
  const single: { file: string; number: number }[] = []
  if (ledger.length === 0) {
    for (const name of names) {
      if (info.isDirectory() && !BLOCK_FILE.test(name)) continue
      const file = join(folder, name)
      single.push({ file, number: await numberOf(file) })
    }
    single.sort((a, b) => a.number - b.number)
  }
  if (ledger.length === 0 && single.length === 0) throw new AuditError('NO_BLOCKS', `${path} holds no block files`)
  return { single, ledger }
}

/** By its header; by the last number in its name where it has none that can be read. */
async function numberOf(file: string): Promise<number> {
  try {
    const { header } = decodeLoose(WireBlock, await readFile(file))
    if (header !== undefined) return header.number
  } catch (error) {
    if (!(error instanceof WireError)) throw error
  }
  return Number(/(\d+)\D*$/.exec(basename(file))?.[1] ?? 0)
}

async function* ledgerBlocks(file: string, from: number): AsyncGenerator<FoundBlock> {
  for (const bytes of blocksOfLedgerFile(await readFile(file))) {
    const number = decodeLoose(WireBlock, bytes).header?.number ?? 0
    if (number >= from) yield { bytes, from: basename(file) }
  }
}
