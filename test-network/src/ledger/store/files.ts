import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { damaged } from '../errors.js'
import { checkLogFile } from './log-file.js'
import { checkTableFile } from './table-file.js'

/**
 * Checks the checksums that LevelDB keeps in its own files, newest file first, until `limit` bytes have been read.
 * Nothing may hold the database open meanwhile.
 *
 * @returns the number of bytes checked, and of those left out
 * @throws LedgerError `DAMAGED` with file and byte
 */
export async function checkFiles(directory: string, limit: number): Promise<{ checked: number; skipped: number }> {
  let checked = 0
  let skipped = 0
  const names = await databaseFiles(directory)
  if (names.length > 0) await refuseWithoutCurrent(directory)
  for (const name of names) {
    const path = join(directory, name)
    const { size } = await stat(path)
    if (checked + size > limit) {
      skipped += size
      continue
    }
    if (name.endsWith('.ldb')) await checkTableFile(path, name)
    else await checkLogFile(path, name)
    checked += size
  }
  return { checked, skipped }
}

/** LevelDB would take the folder for an empty one, and clear it. */
async function refuseWithoutCurrent(directory: string): Promise<void> {
  const current = await stat(join(directory, 'CURRENT')).catch(() => undefined)
  if (!current) throw damaged('file CURRENT', 'it is missing')
}

async function databaseFiles(directory: string): Promise<string[]> {
  let names: string[]
  try {
    names = await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const number = (name: string): number => Number(/\d+/.exec(name)?.[0] ?? 0)
  return names.filter((name) => /^(\d+\.(ldb|log)|MANIFEST-\d+)$/.test(name)).sort((a, b) => number(b) - number(a))
}
