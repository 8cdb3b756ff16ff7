import { access, constants, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lockFile, lockFolder } from './lock.js'
import { StartError } from './start-error.js'

/** Layout of the data folder; raised when an older program could no longer read what a newer one wrote. */
export const dataVersion = 1

const marker = 'caizheng.json'

/** The folder that holds everything a start leaves behind: ledger, keys, the gateway's database, evidence files. */
export interface DataFolder {
  readonly path: string
  /**
   * Empties it, if that was asked for, and marks it as ours.
   *
   * @returns whether it begins empty
   */
  readonly prepare: () => Promise<boolean>
  /** Lets another process in. */
  readonly release: () => Promise<void>
}

/**
 * Opens the data folder for this process alone, and changes nothing in it before `prepare()`. A marker file names its
 * layout, so that `reset` never empties a folder that is not ours.
 *
 * @param folder absolute path; made when it is missing
 * @param reset throw away what it holds when it is prepared
 * @throws {StartError} `FOLDER_NOT_WRITABLE`, `FOLDER_NOT_OURS`, `DATA_TOO_NEW`, `ALREADY_RUNNING`
 */
export async function openDataFolder(folder: string, reset: boolean): Promise<DataFolder> {
  const entries = await makeFolder(folder)
  const used = entries.some((entry) => entry !== lockFile)
  if (used) await assertOurs(folder, reset)
  const release = await lockFolder(folder)
  return {
    path: folder,
    release,
    async prepare() {
      if (used && !reset) return false
      await empty(folder)
      await writeFile(path.join(folder, marker), `${JSON.stringify({ kind: 'caizheng-data', version: dataVersion })}\n`)
      return true
    },
  }
}

async function makeFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return await readdir(folder)
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no reason given'
    throw new StartError(
      'FOLDER_NOT_WRITABLE',
      `Cannot write to ${folder} (${code}): give it to your user, or choose another folder with --data DIR.`,
      { cause: error },
    )
  }
}

async function assertOurs(folder: string, reset: boolean): Promise<void> {
  const found = await readMarker(path.join(folder, marker))
  if (found?.kind !== 'caizheng-data' || typeof found.version !== 'number') {
    throw new StartError(
      'FOLDER_NOT_OURS',
      `${folder} holds other files and no data of Caizheng: choose an empty or a new folder with --data DIR.`,
    )
  }
  if (found.version > dataVersion && !reset) {
    throw new StartError(
      'DATA_TOO_NEW',
      `${folder} was written by a newer Caizheng (data version ${found.version}, this one reads ${dataVersion}): update this clone, choose another folder with --data DIR, or begin again with --reset.`,
    )
  }
}

async function readMarker(file: string): Promise<{ kind?: unknown; version?: unknown } | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

async function empty(folder: string): Promise<void> {
  const entries = (await readdir(folder)).filter((entry) => entry !== lockFile)
  await Promise.all(entries.map((entry) => rm(path.join(folder, entry), { recursive: true })))
}
