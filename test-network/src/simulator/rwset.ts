import { encode, KVRWSet, TxReadWriteSet } from '@caizheng/fabric-wire'
import { compareKeys, type KeyWrite, type MetadataWrite, type RangeQuery, type Version } from '../ledger/index.js'
import type { RangeIterator } from './range.js'

interface NamespaceBuilder {
  reads: Map<string, Version | undefined>
  ranges: RangeIterator[]
  writes: Map<string, KeyWrite>
  metadataWrites: Map<string, MetadataWrite>
}

/**
 * Collects the reads and writes of one simulation and serializes them as Fabric does: namespaces and keys in the
 * order of their bytes, so that every organisation that read and wrote the same gives the same bytes.
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

  namespaces(): Iterable<string> {
    return this.#namespaces.keys()
  }

  encode(): Uint8Array {
    const nsRwset = sorted(this.#namespaces).map(([namespace, builder]) => ({
      namespace,
      rwset: encodeNamespace(builder),
      collectionHashedRwset: [],
    }))
    return encode(TxReadWriteSet, { dataModel: 0, nsRwset })
  }

  #of(namespace: string): NamespaceBuilder {
    let builder = this.#namespaces.get(namespace)
    if (!builder) {
      builder = { reads: new Map(), ranges: [], writes: new Map(), metadataWrites: new Map() }
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

function sorted<T>(map: Map<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareKeys(a, b))
}
