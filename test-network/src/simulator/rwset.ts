import { encode, KVRWSet, TxReadWriteSet } from '@caizheng/fabric-wire'
import type { KeyWrite, MetadataWrite, PrivateWriteSet, RangeQuery, Version } from '../ledger/index.js'
import { CollectionBuilder } from './collection-rwset.js'
import type { RangeIterator } from './range.js'
import { sorted } from './sorted.js'

interface NamespaceBuilder {
  reads: Map<string, Version | undefined>
  ranges: RangeIterator[]
  writes: Map<string, KeyWrite>
  metadataWrites: Map<string, MetadataWrite>
  collections: Map<string, CollectionBuilder>
}

/**
 * Collects the reads and writes of one simulation and serializes them as Fabric does: namespaces, collections and keys
 * in the order of their bytes, so that every organisation that read and wrote the same gives the same bytes.
 */
export class ReadWriteSetBuilder {
  readonly #namespaces = new Map<string, NamespaceBuilder>()

  addRead(namespace: string, key: string, version: Version | undefined): void {
    this.#of(namespace).reads.set(key, version)
  }

  addRange(namespace: string, range: RangeIterator): void {
    this.#of(namespace).ranges.push(range)
  }

  addWrite(namespace: string, write: KeyWrite): void {
    this.#of(namespace).writes.set(write.key, write)
  }

  addMetadataWrite(namespace: string, write: MetadataWrite): void {
    this.#of(namespace).metadataWrites.set(write.key, write)
  }

  collection(namespace: string, name: string): CollectionBuilder {
    const { collections } = this.#of(namespace)
    let builder = collections.get(name)
    if (!builder) collections.set(name, (builder = new CollectionBuilder()))
    return builder
  }

  namespaces(): Iterable<string> {
    return this.#namespaces.keys()
  }

  encode(): Uint8Array {
    const nsRwset = sorted(this.#namespaces).map(([namespace, builder]) => ({
      namespace,
      rwset: encodeNamespace(builder),
      collectionHashedRwset: sorted(builder.collections).map(([name, collection]) => collection.hashed(name)),
    }))
    return encode(TxReadWriteSet, { dataModel: 0, nsRwset })
  }

  /** What is written privately, in plain. */
  privateWrites(): PrivateWriteSet[] {
    return sorted(this.#namespaces).flatMap(([namespace, { collections }]) =>
      sorted(collections).flatMap(([collection, builder]) => {
        const rwset = builder.encodePrivate()
        return rwset ? [{ namespace, collection, rwset }] : []
      }),
    )
  }

  #of(namespace: string): NamespaceBuilder {
    let builder = this.#namespaces.get(namespace)
    if (!builder) {
      builder = {
        reads: new Map(),
        ranges: [],
        writes: new Map(),
        metadataWrites: new Map(),
        collections: new Map(),
      }
      this.#namespaces.set(namespace, builder)
    }
    return builder
  }
}

function encodeNamespace({ reads, ranges, writes, metadataWrites }: NamespaceBuilder): Uint8Array {
  return encode(KVRWSet, {
    reads: sorted(reads).map(([key, version]) => ({ key, version })),
    rangeQueriesInfo: distinct(ranges.map((range) => range.query())),
    writes: sorted(writes).map(([, write]) => write),
    metadataWrites: sorted(metadataWrites).map(([, write]) => write),
  })
}

/** The same range read twice to the same end is recorded once, as it was first read. */
function distinct(queries: RangeQuery[]): RangeQuery[] {
  const seen = new Map<string, RangeQuery>()
  for (const query of queries) {
    const id = JSON.stringify([query.startKey, query.endKey, query.itrExhausted])
    if (!seen.has(id)) seen.set(id, query)
  }
  return [...seen.values()]
}
