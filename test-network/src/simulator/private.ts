import type { MetadataEntry, StateEntry, StateSnapshot, Version } from '../ledger/index.js'
import { hashOf } from './collection-rwset.js'
import type { Interest } from './interest.js'
import type { Preconditions } from './preconditions.js'
import type { ReadWriteSetBuilder } from './rwset.js'

/** Whose peer simulates, and which collections a chaincode has by a given state. */
export interface PrivateContext {
  /** MSP id: values are read from this organisation's store alone. */
  organization: string
  isDefined(state: StateSnapshot, namespace: string, collection: string): Promise<boolean>
}

interface Parts {
  state: StateSnapshot
  rwset: ReadWriteSetBuilder
  interest: Interest
  preconditions: Preconditions
  context: PrivateContext
}

/**
 * The private side of a simulation. Values come from the store of the peer's own organisation; what is recorded are
 * hashes with the versions of the hashes, which every peer can check.
 */
export class PrivateSimulation {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws Error where this organisation has not the value whose hash is on the chain: it is no member, or missed it */
  async get(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined> {
    await this.#requireDefined(namespace, collection)
    const { state, rwset, interest, context } = this.#parts
    const found = await state.getPrivate(context.organization, namespace, collection, key)
    const hashed = await state.getHashed(namespace, collection, hashOf(key))
    if (heightOf(found?.version) !== heightOf(hashed?.version)) {
      throw new Error(
        `private data matching public hash version is not available. Public hash version = ${heightOf(hashed?.version)}, Private data version = ${heightOf(found?.version)}`,
      )
    }
    rwset.collection(namespace, collection).addRead(key, found?.version)
    interest.addPrivateRead(namespace, collection)
    return found?.value
  }

  /** The hash of a value: every organisation has it, members or not. */
  async getHash(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined> {
    await this.#requireDefined(namespace, collection)
    const { state, rwset } = this.#parts
    const found = await state.getHashed(namespace, collection, hashOf(key))
    rwset.collection(namespace, collection).addRead(key, found?.version)
    return found?.value
  }

  async put(namespace: string, collection: string, key: string, value: Uint8Array): Promise<void> {
    // An empty value is a deletion to Fabric's ledger.
    await this.#write(namespace, collection, key, value.length > 0 ? value : undefined, false)
  }

  async delete(namespace: string, collection: string, key: string): Promise<void> {
    await this.#write(namespace, collection, key, undefined, false)
  }

  async purge(namespace: string, collection: string, key: string): Promise<void> {
    await this.#write(namespace, collection, key, undefined, true)
  }

  async getMetadata(namespace: string, collection: string, key: string): Promise<MetadataEntry[]> {
    await this.getHash(namespace, collection, key)
    return (await this.#parts.state.hashedMetadata(namespace, collection, hashOf(key))) ?? []
  }

  async putMetadata(namespace: string, collection: string, key: string, entries: MetadataEntry[]): Promise<void> {
    await this.#requireDefined(namespace, collection)
    this.#parts.preconditions.beforeWrite()
    this.#parts.rwset.collection(namespace, collection).addMetadataWrite(key, entries)
    await this.#noteKeyPolicy(namespace, collection, key)
  }

  /** Keys and values of this organisation's store. No one checks them for phantoms, so they are for read-only calls. */
  async range(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): Promise<AsyncIterator<StateEntry, unknown>> {
    const { preconditions, state, context } = this.#parts
    preconditions.beforePrivateQuery()
    await this.#requireDefined(namespace, collection)
    return state.privateRange(context.organization, namespace, collection, start, end)[Symbol.asyncIterator]()
  }

  async #write(
    namespace: string,
    collection: string,
    key: string,
    value: Uint8Array | undefined,
    isPurge: boolean,
  ): Promise<void> {
    await this.#requireDefined(namespace, collection)
    this.#parts.preconditions.beforeWrite()
    this.#parts.rwset.collection(namespace, collection).addWrite(key, { value, isPurge })
    await this.#noteKeyPolicy(namespace, collection, key)
  }

  async #noteKeyPolicy(namespace: string, collection: string, key: string): Promise<void> {
    const { interest, state } = this.#parts
    interest.addPrivateWrite(namespace, collection, await state.hashedMetadata(namespace, collection, hashOf(key)))
  }

  async #requireDefined(namespace: string, collection: string): Promise<void> {
    const { context, state } = this.#parts
    if (await context.isDefined(state, namespace, collection)) return
    throw new Error(`collection [${collection}] not defined in the collection config for chaincode [${namespace}]`)
  }
}

/** A version as a peer words it. */
function heightOf(version: Version | undefined): string {
  return version ? `{BlockNum: ${String(version.blockNum)}, TxNum: ${String(version.txNum)}}` : '<nil>'
}
