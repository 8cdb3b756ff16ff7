import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { FabricError } from './errors.js'
import { kill, type Watchdog } from './watchdog.js'

/** How to run a node. */
export interface NodeProgram {
  /** Its name in messages, such as `peer0.finance.fiscal.test`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Besides `PATH` and `HOME`. */
  readonly environment: Readonly<Record<string, string>>
  /** Where its output goes; appended. */
  readonly log: string
  /** The port of 127.0.0.1 that it listens on when it is up. */
  readonly port: number
}

const STOP_TIMEOUT = 10_000
const LINES_SHOWN = 15

/** A process of the network: a peer, an orderer, a chaincode server. */
export class NodeProcess {
  #child: ChildProcess | undefined
  #failure: Error | undefined

  constructor(
    readonly program: NodeProgram,
    private readonly watchdog: Watchdog,
  ) {}

  get running(): boolean {
    return this.#child !== undefined
  }

  /** Starts it, without waiting for it. @throws FabricError NODE_FAILED where the network has been stopped */
  start(): void {
    if (this.#child) return
    const { name, command, args, cwd, environment, log } = this.program
    if (this.watchdog.sealed) throw new FabricError('NODE_FAILED', `${name} is not started: the network has ended`)
    const { PATH = '', HOME = '' } = process.env
    const output = openSync(log, 'a', 0o600)
    // A session of its own: Ctrl-C must reach us alone, who then end the nodes in good order
    const child = spawn(command, [...args], {
      cwd,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', output, output],
      detached: true,
    })
    closeSync(output)
    this.#failure = undefined
    this.#child = child
    const { pid } = child
    if (pid !== undefined) this.watchdog.watch(pid)
    child.once('error', (error) => {
      this.#failure = error
      if (this.#child === child) this.#child = undefined
    })
    child.once('exit', () => {
      if (pid !== undefined) this.watchdog.forget(pid)
      if (this.#child === child) this.#child = undefined
    })
  }

  /** Resolves when it takes connections. @throws FabricError NODE_FAILED when it ends before, or takes too long */
  async listening(timeout = 30_000): Promise<void> {
    const deadline = Date.now() + timeout
    while (!(await accepts(this.program.port))) {
      if (!this.#child) throw await this.failure('has ended')
      if (Date.now() > deadline) throw await this.failure(`did not listen within ${String(timeout / 1000)} s`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    // Someone else may listen there, and the node ends because of it
    if (!this.#child) throw await this.failure('has ended')
  }

  /** Asks it to end; insists after ten seconds. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined) return
    const exited = once(child, 'exit')
    const { pid } = child
    kill(pid, signal)
    const insist = setTimeout(() => {
      kill(pid, 'SIGKILL')
    }, STOP_TIMEOUT)
    await exited
    clearTimeout(insist)
  }

  /** What to throw of it: what happened, where its log is and how that ends. */
  async failure(happened: string, cause?: unknown): Promise<FabricError> {
    const { name, log } = this.program
    const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-LINES_SHOWN)
    const reason = this.#failure ? ` (${this.#failure.message})` : ''
    return new FabricError('NODE_FAILED', `${name} ${happened}${reason}. Its log: ${log}\n${lines.join('\n')}`, {
      cause,
    })
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
}
