import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('../../contracts/serve.cjs', import.meta.url))

/** A chaincode server in a process of its own, as fabric-shim runs it. */
export class ChaincodeService {
  #process: ChildProcess | undefined

  constructor(
    private readonly module: string,
    readonly packageId: string,
    private readonly port: number,
  ) {}

  get address(): string {
    return `127.0.0.1:${String(this.port)}`
  }

  /** Resolves when the server takes connections. @throws Error when it does not within ten seconds */
  async start(): Promise<void> {
    this.#process = spawn(process.execPath, [server, this.module, this.packageId, this.address], { stdio: 'ignore' })
    const deadline = Date.now() + 10_000
    while (!(await this.#listens())) {
      if (Date.now() > deadline) throw new Error(`the chaincode server at ${this.address} did not start`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async stop(): Promise<void> {
    const running = this.#process
    this.#process = undefined
    if (running?.exitCode !== null) return
    const exited = once(running, 'exit')
    running.kill('SIGKILL')
    await exited
  }

  #listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => {
        resolve(false)
      })
    })
  }
}
