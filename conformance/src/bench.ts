import type { GatewaySession } from './gateway.js'
import type { NetworkUnderTest } from './network.js'

/** What a case works with: the network and an open gateway of the finance bureau. */
export interface Bench {
  readonly network: NetworkUnderTest
  readonly finance: GatewaySession
  /** A key that no other case uses. */
  key(): string
}

/** A group of cases; called while mocha collects them. */
export type Cases = (bench: Bench) => void
