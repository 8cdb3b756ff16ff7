import { readdir, readFile } from 'node:fs/promises'

/**
 * The memory of a process in MiB, as Linux shares it out: its own pages, and its part of those that it shares.
 *
 * @throws Error where the system has no `/proc`
 */
export async function proportionalMemory(pid: number): Promise<number> {
  const [, kibibytes] = /^Pss:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
  if (kibibytes === undefined) throw new Error(`no memory of process ${pid} is told here`)
  return Number(kibibytes) / 1024
}

/** The processes that a process has started, without the shell that watches over them. */
export async function nodesBelow(parent: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const [, command, ppid] = /^\d+ \((.*)\) \S (\d+)/s.exec(status) ?? []
    if (Number(ppid) === parent && command !== 'sh' && command !== 'watchdog.sh') found.push(Number(name))
  }
  return found
}
