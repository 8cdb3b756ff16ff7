import { setTimeout as sleep } from 'node:timers/promises'
import type { FollowedBlock, FollowOptions } from '@caizheng/client-sdk'
import type { Logger } from 'pino'
import type { AnchorIndex } from './anchor-index.js'
import { recordsOf } from '../records/extract.js'
import type { RecordIndex } from '../records/record-index.js'
import { anchorsOf } from './extract.js'

export interface FollowerOptions {
  readonly index: AnchorIndex
  readonly records: RecordIndex
  readonly follow: (options: FollowOptions) => AsyncIterable<FollowedBlock>
  /** Name of the chaincode whose anchors are indexed. */
  readonly chaincode: string
  readonly logger: Logger
}

/** Milliseconds before following is begun again after an error that the SDK could not mend by itself. */
const RESTART_WAIT = 2_000

/** Keeps the index up with the chain, for as long as it runs. */
export class Follower {
  private readonly stopping = new AbortController()
  private running: Promise<void> | undefined
  private trouble: string | undefined

  constructor(private readonly options: FollowerOptions) {}

  start(): void {
    this.running = this.run()
  }

  /** Why the index does not advance; absent while all is well. */
  status(): { readonly trouble?: string } {
    return this.trouble === undefined ? {} : { trouble: this.trouble }
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping
    while (!signal.aborted) {
      try {
        await this.follow(signal)
      } catch (error) {
        if (signal.aborted) return
        this.trouble = error instanceof Error ? error.message : String(error)
        this.options.logger.error({ err: error }, 'index: following stopped, will begin again')
        await sleep(RESTART_WAIT, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { index, records, logger } = this.options
    let last = index.checkpoint()
    const onReconnect = (reason: Error, wait: number): void => {
      this.trouble = reason.message
      logger.warn({ reason: reason.message, wait }, 'index: the stream of blocks broke, will open it again')
    }
    for await (const block of this.options.follow({ from: (last?.block ?? -1) + 1, signal, onReconnect })) {
      // A peer restored from another copy could continue another chain at the same height.
      if (last !== undefined && block.previousHash !== last.hash) {
        throw new Error(
          `block ${block.number} does not continue the indexed chain: rebuild the index, and find out why the chain changed`,
        )
      }
      const { anchors, unreadable } = anchorsOf(block, this.options.chaincode)
      const written = recordsOf(block)
      for (const { key, reason } of [...unreadable, ...written.unreadable])
        logger.warn({ block: block.number, key, reason }, 'index: unreadable record left out')
      last = { block: block.number, hash: block.hash }
      await index.append(last, anchors, () => records.add(written.records))
      this.trouble = undefined
    }
  }
}
