import { parseBlock, parseEnvelope, txFilter } from '@caizheng/fabric-wire'
import type { GatewaySession } from '../gateway.js'

/** A transaction as one peer's chain has it. */
export interface ChainTransaction {
  readonly block: number
  readonly index: number
  readonly code: number
  readonly envelope: Uint8Array
}

/** Reads a peer's blocks as they are committed, and finds transactions in them by their ids. */
export class ChainFollower {
  readonly #transactions = new Map<string, ChainTransaction>()
  readonly #close: () => void
  #wake: (() => void)[] = []
  #failure: Error | undefined

  private constructor(
    private readonly mspId: string,
    blocks: AsyncIterable<{ serializeBinary(): Uint8Array }> & { close(): void },
  ) {
    this.#close = () => {
      blocks.close()
    }
    void this.#read(blocks).catch((error: unknown) => {
      this.#failure = error as Error
      this.#wakeAll()
    })
  }

  /** Follows from now on. */
  static async open(session: GatewaySession, channel: string, mspId: string): Promise<ChainFollower> {
    return new ChainFollower(mspId, await session.gateway.getNetwork(channel).getBlockEvents())
  }

  close(): void {
    this.#close()
  }

  /** Waits for transactions, and gives them in the order of `ids`. @throws Error when they don't come */
  async transactions(ids: readonly string[], timeout = 60_000): Promise<ChainTransaction[]> {
    const deadline = Date.now() + timeout
    for (;;) {
      const found = ids.flatMap((id) => this.#transactions.get(id) ?? [])
      if (found.length === ids.length) return found
      if (this.#failure) throw this.#failure
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`${String(ids.length - found.length)} transactions never came to ${this.mspId}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  async #read(blocks: AsyncIterable<{ serializeBinary(): Uint8Array }>): Promise<void> {
    for await (const message of blocks) {
      const { header, data, metadata } = parseBlock(message.serializeBinary())
      const codes = txFilter({ header, data, metadata })
      for (const [index, envelope] of data.entries()) {
        const { txId } = parseEnvelope(envelope).channelHeader
        if (this.#transactions.has(txId)) continue
        this.#transactions.set(txId, { block: header.number, index, code: codes[index] ?? -1, envelope })
      }
      this.#wakeAll()
    }
  }

  #wakeAll(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}
