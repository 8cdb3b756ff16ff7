import type { ChaincodeProgram } from './connection.js'
import { ChaincodeStream, STREAM_TERMINATED } from './stream.js'

/** How long a peer waits for a chaincode to register, ms. */
const STARTUP_TIMEOUT = 10_000

/**
 * One organisation's running copy of one chaincode. It connects at the first use and again after the chaincode
 * went away, so that a chaincode that comes back is found without restarting the network.
 */
export class ChaincodeRuntime {
  #stream: Promise<ChaincodeStream> | undefined
  #closed = false

  constructor(
    readonly packageId: string,
    private readonly program: ChaincodeProgram,
  ) {}

  /** @throws Error when the chaincode can't be reached or does not register in time */
  async stream(): Promise<ChaincodeStream> {
    if (this.#closed) throw new Error(STREAM_TERMINATED)
    const stream = (this.#stream ??= this.#connect())
    try {
      return await stream
    } catch (error) {
      if (this.#stream === stream) this.#stream = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const stream = await this.#stream?.catch(() => undefined)
    stream?.close()
    await this.program.close()
  }

  async #connect(): Promise<ChaincodeStream> {
    const connection = await this.program.connect(this.packageId)
    const stream = new ChaincodeStream(this.packageId, connection, () => {
      // The next call connects anew.
      this.#stream = undefined
    })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`the chaincode ${this.packageId} did not register within ${String(STARTUP_TIMEOUT)} ms`))
      }, STARTUP_TIMEOUT)
    })
    try {
      await Promise.race([stream.ready(), late])
      return stream
    } catch (error) {
      stream.close()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}
