import { dataHash, type Block } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import type { Committer } from '../committer/index.js'
import type { ErrorDetail } from '../rpc/index.js'
import { admit, type Admitted, type Refusal } from './admit.js'
import type { ConsenterIdentity } from './consenters.js'
import { signBlock } from './sign.js'

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

/** An envelope that waits for its block. */
interface Waiting extends Admitted {
  /** As it was broadcast. */
  readonly received: Uint8Array
  /** The sequence of the configuration under which it was admitted. */
  readonly sequence: number
}

/**
 * The ordering service: one queue, cut into a block as soon as the block before it is committed. So a lone
 * transaction waits for nothing, and under load blocks grow by themselves to what arrives during one commit.
 */
export class Orderer {
  readonly #queue: Waiting[] = []
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
    // Read first: what changes meanwhile has the envelope judged once more
    const { sequence } = this.channel.config
    const answer = this.#unavailable() ?? (await admit(this.channel, envelope, this.consenters))
    if ('status' in answer) return this.#refuse(answer)
    const late = this.#unavailable()
    if (late) return this.#refuse(late)
    this.#queue.push({ ...answer, received: envelope, sequence })
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
        await this.#review()
        await this.conditions.beforeBlock()
        const block = this.#cut()
        if (block) await this.committer.commit(block)
      }
    } catch (error) {
      // A block that can't be written ends the ordering: going on would leave a gap in the chain.
      this.#failure = error instanceof Error ? error : new Error(String(error))
    } finally {
      this.#working = undefined
    }
  }

  #signers(): ConsenterIdentity[] {
    return this.consenters.filter((_, index) => this.conditions.isUp(index))
  }

  /** Judges what was admitted under an earlier configuration again, and drops what the present one refuses. */
  async #review(): Promise<void> {
    const { sequence } = this.channel.config
    if (this.#queue.every((one) => one.sequence === sequence)) return
    const waiting = [...this.#queue]
    const reviewed = await Promise.all(
      waiting.map(async (one): Promise<Waiting[]> => {
        if (one.sequence === sequence) return [one]
        const answer = await admit(this.channel, one.received, this.consenters)
        return 'status' in answer ? [] : [{ ...answer, received: one.received, sequence }]
      }),
    )
    this.#queue.splice(0, waiting.length, ...reviewed.flat())
  }

  #cut(): Block | undefined {
    const taken = this.#take()
    if (taken.length === 0) return undefined
    const { ledger, config, configBlock } = this.channel
    const { tip, height } = ledger
    const data = taken.map(({ envelope }) => envelope)
    const header = { number: height, previousHash: tip.hash, dataHash: dataHash(data) }
    const lastConfig = taken.some(({ configures }) => configures) ? height : configBlock
    const empty = new Uint8Array()
    const signatures = signBlock(header, lastConfig, config, this.#signers())
    return { header, data, metadata: [signatures, empty, empty, empty, empty] }
  }

  /** The next block's envelopes: as many as it may hold, or one configuration transaction. */
  #take(): Waiting[] {
    const { batchSize, sequence } = this.channel.config
    const { maxMessageCount, preferredMaxBytes } = batchSize
    const taken: Waiting[] = []
    let size = 0
    for (const waiting of this.#queue) {
      const { length } = waiting.envelope
      const full = taken.length >= maxMessageCount || (taken.length > 0 && size + length > preferredMaxBytes)
      // One of an earlier configuration that came while the others were judged again has its turn yet
      if (full || waiting.sequence !== sequence || (waiting.configures && taken.length > 0)) break
      taken.push(waiting)
      size += length
      if (waiting.configures) break
    }
    this.#queue.splice(0, taken.length)
    return taken
  }

  #refuse({ status, info }: Refusal): BroadcastAnswer {
    return { status, info, details: this.#details(status, info) }
  }

  #unavailable(): Refusal | undefined {
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
