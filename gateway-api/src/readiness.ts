import type { Batches } from './batches/batches.js'
import type { Chain } from './chain.js'
import type { AnchorIndex } from './index/anchor-index.js'
import type { Follower } from './index/follower.js'
import type { NetworkGate } from './network-gate.js'
import type { Outbox } from './outbox/outbox.js'
import type { OutboxWorker } from './outbox/worker.js'

export interface Check {
  readonly name: 'network' | 'index' | 'outbox'
  readonly ok: boolean
  /** Why not, in a form for operators. */
  readonly reason?: string
  readonly [figure: string]: string | number | boolean | undefined
}

export interface ReadinessReport {
  readonly ready: boolean
  readonly checks: readonly Check[]
}

/** Blocks that the index may lag without being called behind: one that is being committed just now. */
const LAG = 2
/** Milliseconds for which an answer about the network is used again, so that probes don't become load. */
const FRESH = 1_000
/** Milliseconds that a probe waits for the peer. */
const PATIENCE = 3_000

export interface ReadinessOptions {
  readonly chain: Pick<Chain, 'height'>
  readonly gate: NetworkGate
  readonly index: AnchorIndex
  readonly follower: Follower
  readonly outbox: Outbox
  readonly worker: OutboxWorker
  readonly batches: Batches
}

/** Answers whether the gateway can do its work now; `/readyz` shows it. Only this asks the network, never `/livez`. */
export class Readiness {
  private asked: Asked | undefined

  constructor(private readonly options: ReadinessOptions) {}

  async report(): Promise<ReadinessReport> {
    const checks = [...(await this.networkAndIndex()), this.outbox()]
    return { ready: checks.every(({ ok }) => ok), checks }
  }

  private async networkAndIndex(): Promise<Check[]> {
    const { trouble } = this.options.follower.status()
    let height: number
    const asked = this.ask()
    try {
      height = await asked.height
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return [
        { name: 'network', ok: false, reason },
        { name: 'index', ok: false, reason: 'the height of the chain is not known', indexed: this.indexed() },
      ]
    }
    const gate = this.options.gate.status().trouble
    const network: Check = {
      name: 'network',
      ok: gate === undefined,
      ...(gate === undefined ? {} : { reason: gate }),
      height,
    }
    const indexed = this.indexed()
    // The chain only grows, so what was indexed before the question can't be more than the answer.
    if (asked.indexed > height) {
      return [network, { name: 'index', ok: false, reason: 'ahead of the chain: is this the same chain?', indexed }]
    }
    if (height - indexed <= LAG) return [network, { name: 'index', ok: true, indexed }]
    const reason = `${height - indexed} blocks behind${trouble === undefined ? '' : `: ${trouble}`}`
    return [network, { name: 'index', ok: false, reason, indexed }]
  }

  private outbox(): Check {
    const { limit } = this.options.outbox
    const queued = this.options.outbox.queued()
    const alone = this.options.worker.status()
    const batched = this.options.batches.status()
    const paused = alone.paused ?? batched.paused
    const figures = { queued, inFlight: alone.inFlight + batched.inFlight, limit }
    if (queued >= limit) return { name: 'outbox', ok: false, reason: 'full', ...figures }
    return { name: 'outbox', ok: true, ...figures, ...(paused === undefined ? {} : { paused }) }
  }

  private indexed(): number {
    return (this.options.index.checkpoint()?.block ?? -1) + 1
  }

  private ask(): Asked {
    if (this.asked === undefined || Date.now() - this.asked.at > FRESH) {
      const height = this.options.chain.height(AbortSignal.timeout(PATIENCE))
      this.asked = { at: Date.now(), indexed: this.indexed(), height }
    }
    return this.asked
  }
}

/** A question to the peer, shared by the probes of one second. */
interface Asked {
  readonly at: number
  /** Blocks that were indexed when it was asked. */
  readonly indexed: number
  readonly height: Promise<number>
}
