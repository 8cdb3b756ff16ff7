import type { Authority } from '../consortium/index.js'
import type { Registry } from './registry.js'

/** What the handlers of one CA share. */
export interface CaContext {
  /** The organisation's authority over identities. */
  readonly authority: Authority
  readonly registry: Registry
  readonly clock: () => Date
}
