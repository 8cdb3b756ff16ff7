import { EventEmitter, once, setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import { backoff } from './backoff.js'
import type { Outbox, OutboxEntry } from './outbox.js'
import type { Outcome } from './outcome.js'

/** Milliseconds until the next try after an outcome could not be written. */
const JOURNAL_WAIT = 1_000

/**
 * Submits one document. Resolves to what the chain decided; throws where it decided nothing or that isn't known, and the
 * document is tried again later. That is safe because anchoring the same content at the same place twice writes once.
 */
export type Submit = (entry: OutboxEntry, signal: AbortSignal) => Promise<Outcome>

export interface WorkerOptions {
  readonly outbox: Outbox
  readonly submit: Submit
  /** True for an error that no document is to blame for: the network is away or overloaded. */
  readonly isNetworkFailure: (error: unknown) => boolean
  readonly logger: Logger
  /** Documents submitted at once. */
  readonly concurrency: number
}

export interface WorkerStatus {
  readonly inFlight: number
  /** Why nothing is being submitted at the moment. */
  readonly paused?: string
}

/**
 * Carries the outbox to the chain. While the network is away it sends nothing but one document now and then, with growing
 * waits; a document with a trouble of its own waits alone and holds up none of the others.
 */
export class OutboxWorker {
  private readonly inFlight = new Map<string, Promise<void>>()
  private readonly settled = new EventEmitter().setMaxListeners(0)
  /** Aborted when stopping begins: nothing new is started and nobody waits any more. */
  private readonly stopping = new AbortController()
  /** Aborted when the grace is over: what is in flight is broken off. */
  private readonly breakOff = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private started = false
  private poking = false
  private networkFailures = 0
  private pausedUntil = 0
  private pausedBy: string | undefined

  constructor(private readonly options: WorkerOptions) {
    // As many listeners as documents in flight and callers that wait, not a leak.
    setMaxListeners(0, this.stopping.signal, this.breakOff.signal)
  }

  start(): void {
    this.started = true
    this.options.outbox.resetDelays()
    this.poke()
  }

  /** Looks for documents that are due. Call it after journalling one; without effect before {@link start}. */
  poke(): void {
    if (!this.started || this.stopping.signal.aborted) return
    clearTimeout(this.timer)
    const now = Date.now()
    if (now < this.pausedUntil) return this.later(this.pausedUntil - now)
    // While the network has not answered again, one document tries the way for all.
    const room = (this.networkFailures > 0 ? 1 : this.options.concurrency) - this.inFlight.size
    if (room <= 0) return
    const due = this.options.outbox
      .due(now, room + this.inFlight.size)
      .filter((entry) => !this.inFlight.has(entry.place))
    for (const entry of due.slice(0, room)) this.launch(entry)
    const next = this.options.outbox.nextDelayed(now)
    if (next !== undefined) this.later(next - now)
  }

  /** Tells those that wait for a place that it has an outcome. */
  announce(place: string): void {
    this.settled.emit(place)
  }

  /** Resolves when the entry has an outcome, or after `milliseconds`, or when the worker stops. */
  async waitFor(place: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.any([AbortSignal.timeout(milliseconds), signal, this.stopping.signal])
    try {
      await once(this.settled, place, { signal: limit })
    } catch (error) {
      if (!limit.aborted) throw error
    }
  }

  status(): WorkerStatus {
    return { inFlight: this.inFlight.size, ...(this.pausedBy === undefined ? {} : { paused: this.pausedBy }) }
  }

  /** Takes no more documents and waits for those in flight; after `grace` milliseconds it breaks them off. */
  async stop(grace: number): Promise<void> {
    this.stopping.abort()
    clearTimeout(this.timer)
    const timer = setTimeout(() => this.breakOff.abort(), grace)
    await Promise.all(this.inFlight.values())
    clearTimeout(timer)
  }

  /** Documents end together, with the block that holds them: one look for the next ones is enough. */
  private pokeSoon(): void {
    if (this.poking) return
    this.poking = true
    setImmediate(() => {
      this.poking = false
      this.poke()
    })
  }

  private launch(entry: OutboxEntry): void {
    const run = this.attempt(entry)
      .catch((error: unknown) => {
        // The disk, not the network; without a wait the same document would be submitted without end.
        this.pausedUntil = Date.now() + JOURNAL_WAIT
        this.options.logger.error({ err: error, place: entry.place }, 'outbox: cannot record an outcome')
      })
      .finally(() => {
        this.inFlight.delete(entry.place)
        this.pokeSoon()
      })
    this.inFlight.set(entry.place, run)
  }

  private async attempt(entry: OutboxEntry): Promise<void> {
    let outcome: Outcome
    try {
      outcome = await this.options.submit(entry, this.breakOff.signal)
    } catch (error) {
      return this.failed(entry, error)
    }
    this.networkFailures = 0
    this.pausedBy = undefined
    await this.options.outbox.settle(entry.place, outcome)
    this.announce(entry.place)
    this.options.logger.info({ place: entry.place, state: outcome.state }, 'outbox: settled')
  }

  private async failed(entry: OutboxEntry, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error)
    const now = Date.now()
    if (this.breakOff.signal.aborted) return
    if (this.options.isNetworkFailure(error)) {
      this.pausedBy = reason
      // Of many in flight that fail together, only the first lengthens the wait.
      if (now >= this.pausedUntil) this.pausedUntil = now + backoff(this.networkFailures++)
      await this.options.outbox.postpone(entry.place, reason, 0)
    } else {
      await this.options.outbox.postpone(entry.place, reason, now + backoff(entry.attempts))
    }
    this.options.logger.warn(
      { err: error, place: entry.place, attempts: entry.attempts + 1 },
      'outbox: no outcome, will try again',
    )
  }

  private later(milliseconds: number): void {
    this.timer = setTimeout(() => this.poke(), milliseconds)
  }
}
