import type { Version } from '../types.js'
import { privateStateKey, type OrganizationCollection } from './keys.js'

/** What a block makes of one private value of one organisation; no value deletes it. */
export interface PrivateUpdate {
  readonly value: Uint8Array | undefined
  readonly version: Version
}

/** The private values that a block changes, by the keys of their records. */
export class PrivateUpdates {
  private readonly updates = new Map<string, { readonly key: Buffer; readonly update: PrivateUpdate }>()

  get(of: OrganizationCollection, key: string): PrivateUpdate | undefined {
    return this.updates.get(privateStateKey(of, key).toString('latin1'))?.update
  }

  set(of: OrganizationCollection, key: string, update: PrivateUpdate): void {
    const stored = privateStateKey(of, key)
    this.updates.set(stored.toString('latin1'), { key: stored, update })
  }

  entries(): Iterable<{ readonly key: Buffer; readonly update: PrivateUpdate }> {
    return this.updates.values()
  }
}
