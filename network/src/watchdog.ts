import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../programs/watchdog.sh', import.meta.url))

/**
 * Sees to it that no node outlives this process. An orderly exit is seen here; a crash or a `kill -9` by a small shell
 * script that waits for the end of a pipe.
 */
export class Watchdog {
  readonly #pids = new Set<number>()
  readonly #script: ChildProcess
  #sealed = false
  readonly #onExit = (): void => {
    for (const pid of this.#pids) kill(pid, 'SIGKILL')
  }

  constructor() {
    this.#script = spawn('/bin/sh', [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
    // It may be gone before us; then there is nobody to tell
    this.#script.stdin?.on('error', () => undefined)
    this.#script.on('error', () => undefined)
    this.#script.unref()
    process.on('exit', this.#onExit)
  }

  /** Whether the network is being ended, so that nothing may be started any more. */
  get sealed(): boolean {
    return this.#sealed
  }

  /** Lets nothing be started from now on: work that is still under way when a network ends must leave nobody behind. */
  seal(): void {
    this.#sealed = true
  }

  watch(pid: number): void {
    this.#pids.add(pid)
    this.#tell(`watch ${String(pid)}`)
  }

  forget(pid: number): void {
    this.#pids.delete(pid)
    this.#tell(`forget ${String(pid)}`)
  }

  /** Everything watched has ended. */
  close(): void {
    process.off('exit', this.#onExit)
    this.#tell('quit')
    this.#script.stdin?.end()
  }

  #tell(line: string): void {
    this.#script.stdin?.write(`${line}\n`)
  }
}

/** Signals a process; one that is gone is no error. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
