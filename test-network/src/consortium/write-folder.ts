import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file to be written. */
export interface NewFile {
  /** Relative to the folder. */
  readonly path: string
  readonly content: string | Uint8Array
  readonly secret: boolean
}

/**
 * Writes a folder whole or not at all: into a folder beside it, flushed to the disk, then renamed. A crash leaves at
 * most that other folder, which the next call removes.
 *
 * @returns false where someone else was faster and the folder is there already
 * @throws Error of the file system
 */
export async function writeFolder(directory: string, files: readonly NewFile[]): Promise<boolean> {
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 })
  await removeLeftovers(directory)
  const draft = `${directory}${DRAFT}${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    const folders = [...new Set(files.flatMap(({ path }) => ancestors(path)))].sort()
    // A hundred of them, each of no work: faster than as many turns of the thread pool
    for (const folder of [draft, ...folders.map((it) => join(draft, it))]) mkdirSync(folder, { mode: 0o700 })
    await Promise.all(
      files.map(({ path, content, secret }) =>
        writeFile(join(draft, path), content, { mode: secret ? 0o600 : 0o644, flush: true }),
      ),
    )
    await Promise.all([draft, ...folders.map((it) => join(draft, it))].map(flushFolder))
    await rename(draft, directory)
    await flushFolder(dirname(directory))
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Renaming takes the place of an empty folder only
    if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST')) return false
    throw error
  }
}

const DRAFT = '.creating-'

/** Drafts of processes that are no more: they hold keys that nothing uses. */
async function removeLeftovers(directory: string): Promise<void> {
  const prefix = `${basename(directory)}${DRAFT}`
  for (const name of await readdir(dirname(directory))) {
    if (!name.startsWith(prefix)) continue
    if (!isRunning(Number.parseInt(name.slice(prefix.length), 10))) {
      await rm(join(dirname(directory), name), { recursive: true, force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

/** The folders above a relative path, the outermost first. */
function ancestors(path: string): string[] {
  const parent = dirname(path)
  return parent === '.' ? [] : [...ancestors(parent), parent]
}

/** A name in a folder is safe from a power cut once the folder itself is flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whether an error is the file system's error of this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === code
