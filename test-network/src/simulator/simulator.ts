import type { HistoryEntry, Ledger, MetadataEntry, PrivateWriteSet, StateSnapshot } from '../ledger/index.js'
import { Interest, type NamespaceInterest } from './interest.js'
import { Preconditions } from './preconditions.js'
import { PrivateSimulation, type PrivateContext } from './private.js'
import { openRange, type RangeIterator } from './range.js'
import { ReadWriteSetBuilder } from './rwset.js'

/** What a simulation leaves: the serialized `TxReadWriteSet`, and which policies the transaction will meet. */
export interface SimulationResult {
  readWriteSet: Uint8Array
  /** What is for the members of private collections alone; the read-write set has the hashes. */
  privateWrites: PrivateWriteSet[]
  interest: NamespaceInterest[]
}

/**
 * One transaction's view of the state while it is simulated. Reads see the committed state of one height and are
 * recorded with their versions; writes are recorded and not seen by later reads, as in Fabric.
 */
export interface Simulator {
  /** The same height without recording what is read: for the peer's own needs, not the chaincode's. */
  readonly state: StateSnapshot
  get(namespace: string, key: string): Promise<Uint8Array | undefined>
  put(namespace: string, key: string, value: Uint8Array): Promise<void>
  delete(namespace: string, key: string): Promise<void>
  getMetadata(namespace: string, key: string): Promise<MetadataEntry[]>
  putMetadata(namespace: string, key: string, entries: MetadataEntry[]): Promise<void>
  range(namespace: string, start: string, end: string): RangeIterator
  /** Explicit pages are for read-only transactions: later writes are refused, and so is a page after a write. */
  pagedRange(namespace: string, start: string, end: string): RangeIterator
  history(namespace: string, key: string): AsyncIterable<HistoryEntry>
  /** The private data collections. */
  readonly private: PrivateSimulation
  result(): SimulationResult
  close(): Promise<void>
}

/** Begins a simulation on the ledger's present height. Always `close()` it. */
export function openSimulator(ledger: Ledger, txId: string, context: PrivateContext): Simulator {
  return new LedgerSimulator(ledger, ledger.snapshot(), txId, context)
}

class LedgerSimulator implements Simulator {
  readonly #rwset = new ReadWriteSetBuilder()
  readonly #interest = new Interest()
  readonly #ranges: RangeIterator[] = []
  readonly #preconditions: Preconditions
  readonly private: PrivateSimulation

  constructor(
    private readonly ledger: Ledger,
    readonly state: StateSnapshot,
    txId: string,
    context: PrivateContext,
  ) {
    this.#preconditions = new Preconditions(txId)
    this.private = new PrivateSimulation({
      state,
      rwset: this.#rwset,
      interest: this.#interest,
      preconditions: this.#preconditions,
      context,
    })
  }

  async get(namespace: string, key: string): Promise<Uint8Array | undefined> {
    const found = await this.state.get(namespace, key)
    this.#rwset.addRead(namespace, key, found?.version)
    return found?.value
  }

  async put(namespace: string, key: string, value: Uint8Array): Promise<void> {
    this.#beforeWrite(key)
    // An empty value is a deletion to Fabric's ledger.
    this.#rwset.addWrite(namespace, { key, isDelete: value.length === 0, value })
    await this.#noteKeyPolicy(namespace, key)
  }

  async delete(namespace: string, key: string): Promise<void> {
    await this.put(namespace, key, new Uint8Array())
  }

  async getMetadata(namespace: string, key: string): Promise<MetadataEntry[]> {
    await this.get(namespace, key)
    return (await this.state.metadata(namespace, key)) ?? []
  }

  async putMetadata(namespace: string, key: string, entries: MetadataEntry[]): Promise<void> {
    this.#beforeWrite(key)
    this.#rwset.addMetadataWrite(namespace, { key, entries })
    await this.#noteKeyPolicy(namespace, key)
  }

  range(namespace: string, start: string, end: string): RangeIterator {
    return this.#openRange(namespace, start, end)
  }

  pagedRange(namespace: string, start: string, end: string): RangeIterator {
    this.#preconditions.beforePage()
    return this.#openRange(namespace, start, end)
  }

  history(namespace: string, key: string): AsyncIterable<HistoryEntry> {
    return this.ledger.history(namespace, key)
  }

  result(): SimulationResult {
    return {
      readWriteSet: this.#rwset.encode(),
      privateWrites: this.#rwset.privateWrites(),
      interest: this.#interest.forNamespaces(this.#rwset.namespaces()),
    }
  }

  async close(): Promise<void> {
    for (const range of this.#ranges) range.close()
    await this.state.close()
  }

  #openRange(namespace: string, start: string, end: string): RangeIterator {
    const range = openRange(this.state.range(namespace, start, end), { start, end })
    this.#ranges.push(range)
    this.#rwset.addRange(namespace, range)
    return range
  }

  #beforeWrite(key: string): void {
    this.#preconditions.beforeWrite()
    if (key === '') throw new Error('unsupported key: the key must not be an empty string')
  }

  async #noteKeyPolicy(namespace: string, key: string): Promise<void> {
    this.#interest.addWrite(namespace, await this.state.metadata(namespace, key))
  }
}
