import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { StartError } from './start-error.js'

export const lockFile = 'running.json'

interface Holder {
  readonly pid: number
  /** When that process began, in the system's own ticks, where the system tells: a number that died may be given again. */
  readonly born?: string
}

/**
 * Makes sure that one process at a time works in a data folder. What a killed one left behind is taken over.
 *
 * @returns gives the folder free
 * @throws {StartError} `ALREADY_RUNNING`
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, lockFile)
  const holder: Holder = { pid: process.pid, ...(await birthOf(process.pid)) }
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(holder), { flag: 'wx' })
      return () => rm(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const other = await readHolder(file)
    if (other !== undefined && (await lives(other))) {
      throw new StartError(
        'ALREADY_RUNNING',
        `Caizheng already runs in ${folder} (process ${other.pid}): stop that one with Ctrl-C where it runs, or start another with --data DIR --port N.`,
      )
    }
    await rm(file, { force: true })
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const value = JSON.parse(await readFile(file, 'utf8')) as Holder
    return Number.isSafeInteger(value.pid) ? value : undefined
  } catch {
    return undefined
  }
}

async function lives(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const { born } = await birthOf(holder.pid)
  return born === undefined || holder.born === undefined || born === holder.born
}

/** Linux says when a process began; elsewhere its number must do. */
async function birthOf(pid: number): Promise<{ born?: string }> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field, the program's name, may hold spaces and brackets: count from the last bracket (field 22).
    const born = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return born === undefined ? {} : { born }
  } catch {
    return {}
  }
}
