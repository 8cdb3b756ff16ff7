import type { Presence } from '../endorser/index.js'
import type { Lie } from './lies.js'

/** A server that can be ended and begun again at the same address. */
export interface Restartable {
  readonly address: string
  start(): Promise<void>
  stop(): void
}

/** How a peer that stops is seen by the others. */
export interface StopOptions {
  /**
   * Whether gossip has told the other peers already. Until then (up to half a minute on Fabric, and the default here)
   * their gateways ask the peer, and report that the connection was refused; afterwards they plan without it.
   */
  noticed?: boolean
}

/** What can be made to go wrong with one organisation's peer. */
export interface PeerFaults {
  /**
   * Ends the peer's server: its clients' connections break and new ones are refused; it endorses nothing and is sent no
   * private data. Called again, it changes how the others see it.
   */
  stop(options?: StopOptions): void
  /** Serves again at the same address, with every block that was committed meanwhile. @throws Error where the port is taken */
  start(): Promise<void>
  /** Lies from now on, in one way at a time. */
  lie(lie: Lie): void
  tellTruth(): void
}

/** The faults of one peer, as the test sets them and the network looks at them. */
export class PeerCondition implements PeerFaults {
  #server: Restartable | undefined
  #presence: Presence = 'up'
  #lie: Lie | undefined

  /** The peer's server, once it listens. */
  attach(server: Restartable): void {
    this.#server = server
  }

  get presence(): Presence {
    return this.#presence
  }

  get currentLie(): Lie | undefined {
    return this.#lie
  }

  get address(): string {
    return this.#server?.address ?? ''
  }

  stop({ noticed = false }: StopOptions = {}): void {
    if (this.#presence === 'up') this.#server?.stop()
    this.#presence = noticed ? 'noticed' : 'unnoticed'
  }

  async start(): Promise<void> {
    if (this.#presence === 'up') return
    await this.#server?.start()
    this.#presence = 'up'
  }

  lie(lie: Lie): void {
    this.#lie = lie
  }

  tellTruth(): void {
    this.#lie = undefined
  }
}
