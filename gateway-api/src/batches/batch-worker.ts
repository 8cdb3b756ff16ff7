import { setTimeout as sleep } from 'node:timers/promises'
import type { AnchoredWindow, CaizhengError, DocumentToAnchor } from '@caizheng/client-sdk'
import { canonicalize } from '@caizheng/records'
import type { Logger } from 'pino'
import { backoff } from '../outbox/backoff.js'
import type { Outbox } from '../outbox/outbox.js'
import type { Outcome } from '../outbox/outcome.js'
import type { BatchJournal } from './batch-journal.js'
import { BatchSource } from './batch-source.js'

/** The SDK's batcher over the gateway's journal: it begins with what the journal holds unsettled. */
export type AnchorWindows = (
  documents: AsyncIterable<DocumentToAnchor>,
  journal: BatchJournal,
  signal: AbortSignal,
) => AsyncIterable<AnchoredWindow>

export interface BatchWorkerOptions {
  readonly outbox: Outbox
  readonly journal: BatchJournal
  readonly anchorWindows: AnchorWindows
  /** Told of each place that has an outcome. */
  readonly announce: (place: string) => void
  readonly logger: Logger
}

/**
 * Carries documents to the chain in batches, for as long as it runs. Whatever ends a run of the batcher, the network or the
 * disk, the next one heals: it asks again for the batches that were begun, and reads again the documents that none has.
 */
export class BatchWorker {
  private readonly stopping = new AbortController()
  private readonly breakOff = new AbortController()
  private running: Promise<void> | undefined
  private source: BatchSource | undefined
  private failures = 0
  private pausedBy: string | undefined

  constructor(private readonly options: BatchWorkerOptions) {}

  start(): void {
    this.running = this.run()
  }

  /** Looks for documents. Call it after journalling one. */
  poke(): void {
    this.source?.poke()
  }

  /** Documents in batches under way, and why nothing moves at the moment. */
  status(): { readonly inFlight: number; readonly paused?: string } {
    const inFlight = this.options.journal.inFlight()
    return { inFlight, ...(this.pausedBy === undefined ? {} : { paused: this.pausedBy }) }
  }

  /** Begins no more batches and waits for those in flight; after `grace` milliseconds it breaks them off. */
  async stop(grace: number): Promise<void> {
    this.stopping.abort()
    this.source?.end()
    // Where nothing moves there is nothing to wait for.
    if (this.pausedBy !== undefined) this.breakOff.abort()
    const timer = setTimeout(() => this.breakOff.abort(), grace)
    await this.running
    clearTimeout(timer)
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping
    while (!signal.aborted) {
      const source = new BatchSource(this.options.outbox)
      this.source = source
      try {
        const windows = this.options.anchorWindows(source, this.options.journal, this.breakOff.signal)
        for await (const window of windows) await this.settle(window)
      } catch (error) {
        if (signal.aborted) return
        this.pausedBy = error instanceof Error ? error.message : String(error)
        this.options.logger.warn({ err: error }, 'batches: stopped, will begin again')
        await sleep(backoff(this.failures++), undefined, { signal }).catch(() => undefined)
      } finally {
        source.end()
      }
    }
  }

  /** The journal has ended those in the batch already, with the batch. */
  private async settle({ outcomes, batch }: AnchoredWindow): Promise<void> {
    this.failures = 0
    this.pausedBy = undefined
    for (const outcome of outcomes) {
      const place = outcome.key ?? ''
      if (outcome.kind === 'refused') await this.options.outbox.settle(place, refused(outcome.error))
      else if (outcome.kind === 'single') await this.options.outbox.settle(place, single(outcome.anchored))
      this.options.announce(place)
    }
    if (batch === undefined) return
    const { id, size, recovered, receipt } = batch
    this.options.logger.info({ batch: id, size, recovered, missing: receipt.missing }, 'batches: settled')
  }
}

function refused({ code, message, details }: CaizhengError): Outcome {
  return { state: 'REFUSED', refusal: { code, message, ...(details === undefined ? {} : { details }) } }
}

function single(anchored: Extract<AnchoredWindow['outcomes'][number], { kind: 'single' }>['anchored']): Outcome {
  const { id, created, block, transactionId: transaction, anchor } = anchored
  return { state: 'ANCHORED', id, created, block, transaction, record: canonicalize(anchor) }
}
