import { compareKeys, type KVMetadataEntry, type Version } from '@caizheng/fabric-wire'

/** What the chain holds under a key. */
export interface Held {
  readonly value: Uint8Array
  /** The transaction that last wrote it. */
  readonly version: Version
  /** Its own endorsement policy stands here; `undefined` for a key without. */
  readonly metadata: readonly KVMetadataEntry[] | undefined
}

/** A table of the state: a chaincode's namespace, or the hashes of a private collection of it. */
export type Table = string

export const tableOf = (namespace: string, collection?: string): Table =>
  collection === undefined ? namespace : `${namespace}\0${collection}`

/** A private key's hash, as a key of its collection's table. */
export const keyOfHash = (hash: Uint8Array): string => Buffer.from(hash).toString('latin1')

/** The state of a channel, made from its blocks alone. */
export class ReplayedState {
  readonly #tables = new Map<Table, Map<string, Held>>()
  /** The keys of a table in order, until one comes or goes. */
  readonly #sorted = new Map<Table, string[]>()

  get(table: Table, key: string): Held | undefined {
    return this.#tables.get(table)?.get(key)
  }

  set(table: Table, key: string, held: Held | undefined): void {
    let rows = this.#tables.get(table)
    if (rows === undefined) this.#tables.set(table, (rows = new Map<string, Held>()))
    if (held === undefined) {
      if (rows.delete(key)) this.#sorted.delete(table)
      return
    }
    if (!rows.has(key)) this.#sorted.delete(table)
    rows.set(key, held)
  }

  /** Keys from `start` (included) to `end` (excluded; '' is open), in the order of their bytes. */
  *range(table: Table, start: string, end: string): Generator<readonly [string, Held]> {
    const rows = this.#tables.get(table)
    if (rows === undefined) return
    let keys = this.#sorted.get(table)
    if (keys === undefined) this.#sorted.set(table, (keys = [...rows.keys()].sort(compareKeys)))
    for (let at = firstFrom(keys, start); at < keys.length; at++) {
      const key = keys[at] as string
      if (end !== '' && compareKeys(key, end) >= 0) return
      yield [key, rows.get(key) as Held]
    }
  }

  /** All rows, for a checkpoint. */
  *rows(): Generator<readonly [Table, string, Held]> {
    for (const [table, rows] of this.#tables) for (const [key, held] of rows) yield [table, key, held]
  }

  get size(): number {
    return [...this.#tables.values()].reduce((sum, rows) => sum + rows.size, 0)
  }
}

/** Where the first key stands that is not before `start`. */
function firstFrom(keys: readonly string[], start: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keys[middle] as string, start) < 0) low = middle + 1
    else high = middle
  }
  return low
}
