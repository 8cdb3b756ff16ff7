import { dataHash, type Block } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import type { Committer } from '../committer/index.js'
import type { ErrorDetail } from '../rpc/index.js'
import { admit } from './admit.js'
import { signBlock, type ConsenterIdentity } from './sign.js'

/** More envelopes than this may not wait to be ordered; further ones are told to come back. */
const QUEUE_LIMIT = 20_000

export interface BroadcastAnswer {
  status: number
  info: string
  details: ErrorDetail[]
}

/** Hands an envelope to the ordering service; resolves once it is queued or refused. */
export type Broadcast = (envelope: Uint8Array) => Promise<BroadcastAnswer>

/** What the orderers are able to do: everything, unless a test has switched faults on. */
export interface Conditions {
  /** Resolves when the next block may be made. */
  beforeBlock(): Promise<void>
  /** Whether a consenter, by its place, takes part. */
  isUp(index: number): boolean
}

/**
 * The ordering service: one queue, cut into a block as soon as the block before it is committed. So a lone
 * transaction waits for nothing, and under load blocks grow by themselves to what arrives during one commit.
 */
export class Orderer {
  readonly #queue: Uint8Array[] = []
  #working: Promise<void> | undefined
  #failure: Error | undefined
  #closed = false

  constructor(
    private readonly channel: Channel,
    private readonly committer: Committer,
    private readonly consenters: readonly ConsenterIdentity[],
    private readonly conditions: Conditions,
  ) {}

  readonly broadcast: Broadcast = async (envelope) => {
    const refusal = this.#unavailable() ?? (await admit(this.channel, envelope)) ?? this.#unavailable()
    if (refusal) return { ...refusal, details: this.#details(refusal.status, refusal.info) }
    this.#queue.push(envelope)
    this.#working ??= this.#work()
    return { status: common.Status.SUCCESS, info: '', details: [] }
  }

  /** Commits what is queued and takes no more. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#working
  }

  async #work(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        // One turn of the event loop: transactions that arrived together go into one block.
        await new Promise((resolve) => setImmediate(resolve))
        await this.conditions.beforeBlock()
        await this.committer.commit(this.#cut())
      }
    } catch (error) {
      // A block that can't be written ends the ordering: going on would leave a gap in the chain.
      this.#failure = error instanceof Error ? error : new Error(String(error))
    } finally {
      this.#working = undefined
    }
  }

  #cut(): Block {
    const { maxMessageCount, preferredMaxBytes } = this.channel.config.batchSize
    const data: Uint8Array[] = []
    let size = 0
    for (const envelope of this.#queue) {
      const full = data.length >= maxMessageCount || (data.length > 0 && size + envelope.length > preferredMaxBytes)
      if (full) break
      data.push(envelope)
      size += envelope.length
    }
    this.#queue.splice(0, data.length)
    const { tip, height } = this.channel.ledger
    const header = { number: height, previousHash: tip.hash, dataHash: dataHash(data) }
    const empty = new Uint8Array()
    return {
      header,
      data,
      metadata: [signBlock(header, 0, this.consenters, this.#signers()), empty, empty, empty, empty],
    }
  }

  #signers(): ConsenterIdentity[] {
    return this.consenters.filter((_, index) => this.conditions.isUp(index))
  }

  #unavailable(): { status: number; info: string } | undefined {
    const { SERVICE_UNAVAILABLE } = common.Status
    if (this.#failure) return { status: SERVICE_UNAVAILABLE, info: `ordering has stopped: ${this.#failure.message}` }
    if (this.#closed) return { status: SERVICE_UNAVAILABLE, info: 'the network is stopping' }
    if (this.#queue.length >= QUEUE_LIMIT)
      return { status: SERVICE_UNAVAILABLE, info: 'too many transactions are waiting' }
    return undefined
  }

  /** The reason as the gateway attaches it: once for each ordering organisation. */
  #details(code: number, info: string): ErrorDetail[] {
    const name = Object.entries(common.Status).find(([, value]) => value === code)?.[0] ?? String(code)
    return this.consenters.map(({ mspId, id }) => ({
      address: `orderer${String(id)}`,
      mspId,
      message: `received unsuccessful response from orderer: status=${name}, info=${info}`,
    }))
  }
}
