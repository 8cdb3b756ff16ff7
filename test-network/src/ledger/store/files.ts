import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { damaged } from '../errors.js'
import { readLog } from './log-file.js'
import { readManifest } from './manifest.js'
import { checkTableFile } from './table-file.js'

/**
 * Checks the checksums that LevelDB keeps in its own files: all of its logs, then its tables, newest first, until `limit`
 * bytes of tables have been read. Nothing may hold the database open meanwhile.
 *
 * @throws LedgerError `DAMAGED` with file and byte
 */
export async function checkFiles(directory: string, limit: number): Promise<void> {
  const names = await namesIn(directory)
  if (!names.includes('CURRENT')) {
    // LevelDB would take the folder for an empty one, and clear it.
    if (names.some((name) => /\.(ldb|log)$/.test(name))) throw damaged('file CURRENT', 'it is missing')
    return
  }
  const current = (await readFile(join(directory, 'CURRENT'), 'utf8')).trim()
  if (!names.includes(current)) throw damaged('file CURRENT', 'it names no file of the database')
  const { tables, firstLog } = readManifest(await readFile(join(directory, current)), current)

  for (const name of names.filter((file) => file.endsWith('.log') && Number.parseInt(file) >= firstLog)) {
    readLog(await readFile(join(directory, name)), name)
  }
  let left = limit
  for (const [number, size] of [...tables].sort(([a], [b]) => b - a)) {
    const name = `${String(number).padStart(6, '0')}.ldb`
    if (!names.includes(name)) throw damaged(`file ${name}`, 'it is missing')
    if (size <= left) await checkTableFile(join(directory, name), name)
    left -= size
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
