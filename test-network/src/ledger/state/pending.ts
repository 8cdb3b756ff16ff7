import type { Version } from '../types.js'
import { compareKeys } from '@caizheng/fabric-wire'
import type { Metadata, Target } from './operations.js'

/** What a block's valid transactions make of one key; no value deletes it. */
export interface Update {
  readonly value: Uint8Array | undefined
  /** `keep` leaves the stored metadata as it is. */
  readonly metadata: Metadata | 'keep'
  readonly version: Version
}

/** The keys of one namespace, or of one collection of it, that a block changes. */
export type Updates = Map<string, Update>

/** The writes of a block's valid transactions so far: later transactions of the block are checked against them. */
export class PendingUpdates {
  private readonly public = new Map<string, Updates>()
  private readonly hashed = new Map<string, Map<string, Updates>>()

  get({ namespace, collection, key }: Target): Update | undefined {
    if (collection === undefined) return this.public.get(namespace)?.get(key)
    return this.hashed.get(namespace)?.get(collection)?.get(key)
  }

  set({ namespace, collection, key }: Target, update: Update): void {
    const updates =
      collection === undefined
        ? created(this.public, namespace, () => new Map<string, Update>())
        : created(
            created(this.hashed, namespace, () => new Map<string, Updates>()),
            collection,
            () => new Map(),
          )
    updates.set(key, update)
  }

  /** Namespaces with any change, in the order of their bytes. */
  namespaces(): string[] {
    return [...new Set([...this.public.keys(), ...this.hashed.keys()])].sort(compareKeys)
  }

  publicUpdates(namespace: string): [string, Update][] {
    return sorted(this.public.get(namespace))
  }

  /** The collections of a namespace in the order of their bytes, each with its updates in the order of the key hashes. */
  hashedUpdates(namespace: string): [string, [string, Update][]][] {
    const collections = this.hashed.get(namespace) ?? new Map<string, Updates>()
    return [...collections.entries()]
      .sort(([a], [b]) => compareKeys(a, b))
      .map(([collection, updates]) => [collection, sorted(updates)])
  }

  /** Public updates from `start` (included) to `end` (excluded); '' is open at that end. */
  publicRange(namespace: string, start: string, end: string): [string, Update][] {
    return this.publicUpdates(namespace).filter(
      ([key]) => compareKeys(key, start) >= 0 && (end === '' || compareKeys(key, end) < 0),
    )
  }
}

function created<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}

const sorted = (updates: Updates | undefined): [string, Update][] =>
  updates === undefined ? [] : [...updates.entries()].sort(([a], [b]) => compareKeys(a, b))
