import { createHash } from 'node:crypto'
import {
  toHex,
  type HashedRWSet,
  type KVMetadataEntry,
  type KVRWSet,
  type ReadWriteSet,
  type Version,
} from '@caizheng/fabric-wire'

/** The number of a program's transaction that wrote a version; null where there was no value. */
export type Writer = number | null

/** A namespace of a read-write set, without its run's prefix; what is empty is left out. */
export interface NamespaceOutcome {
  readonly namespace: string
  readonly reads?: [key: string, writer: Writer][]
  /** Of a large range, that it was summarised and how deep: its hashes hold the numbers of blocks. */
  readonly ranges?: { start: string; end: string; exhausted: boolean; rows: [string, Writer][] | { levels: number } }[]
  /** A deletion has no value. */
  readonly writes?: [key: string, value: string | null][]
  readonly metadata?: [key: string, entries: Record<string, string>][]
  readonly collections?: CollectionOutcome[]
}

/** Keys and values as the SHA-256 that the block shows, in hex. */
export interface CollectionOutcome {
  readonly collection: string
  readonly reads?: [keyHash: string, writer: Writer][]
  /** The value's hash, or `deleted`, or `purged`. */
  readonly writes?: [keyHash: string, change: string][]
  readonly metadata?: [keyHash: string, entries: Record<string, string>][]
  /** SHA-256 of the private read-write set; empty where there is none. */
  readonly privateHash: string
}

/** Turns versions and keys of one run into what another run of the program has, too. */
export interface Normalizer {
  readonly prefix: string
  /** By `block:index`. */
  readonly writers: ReadonlyMap<string, number>
}

/** A read-write set without what differs from run to run. */
export function readWriteSetOutcome({ namespaces }: ReadWriteSet, normalizer: Normalizer): NamespaceOutcome[] {
  return namespaces.map(({ namespace, kv, collections }) => ({
    namespace,
    ...(namespace === '_lifecycle' ? { reads: kv.reads.map(({ key }) => [key, null]) } : publicOutcome(kv, normalizer)),
    ...some(
      'collections',
      collections.map(({ name, hashed, privateHash }) => ({
        collection: name,
        ...hashedOutcome(hashed, normalizer),
        privateHash: toHex(privateHash),
      })),
    ),
  }))
}

function publicOutcome(kv: KVRWSet, normalizer: Normalizer): Omit<NamespaceOutcome, 'namespace'> {
  const bare = (key: string): string => bareKey(key, normalizer.prefix)
  const read = (reads: readonly { key: string; version: Version | undefined }[]) =>
    reads.map(({ key, version }): [string, Writer] => [bare(key), writerOf(version, normalizer)])
  return {
    ...some('reads', read(kv.reads)),
    ...some(
      'ranges',
      kv.rangeQueriesInfo.map(({ startKey, endKey, itrExhausted, rawReads, readsMerkleHashes }) => ({
        start: bare(startKey),
        end: bare(endKey),
        exhausted: itrExhausted,
        rows: readsMerkleHashes ? { levels: readsMerkleHashes.maxLevel } : read(rawReads?.kvReads ?? []),
      })),
    ),
    ...some(
      'writes',
      kv.writes.map(({ key, isDelete, value }): [string, string | null] => [
        bare(key),
        isDelete ? null : Buffer.from(value).toString(),
      ]),
    ),
    ...some(
      'metadata',
      kv.metadataWrites.map(({ key, entries }): [string, Record<string, string>] => [bare(key), digests(entries)]),
    ),
  }
}

function hashedOutcome({ hashedReads, hashedWrites, metadataWrites }: HashedRWSet, normalizer: Normalizer) {
  return {
    ...some(
      'reads',
      hashedReads.map(({ keyHash, version }): [string, Writer] => [toHex(keyHash), writerOf(version, normalizer)]),
    ),
    ...some(
      'writes',
      hashedWrites.map(({ keyHash, isDelete, isPurge, valueHash }): [string, string] => [
        toHex(keyHash),
        isPurge ? 'purged' : isDelete ? 'deleted' : toHex(valueHash),
      ]),
    ),
    ...some(
      'metadata',
      metadataWrites.map(({ keyHash, entries }): [string, Record<string, string>] => [
        toHex(keyHash),
        digests(entries),
      ]),
    ),
  }
}

/** Places in the chain named in the peers' messages, and the run's prefix, taken out. */
export function messageOutcome(message: string, { prefix, writers }: Normalizer): string {
  return message
    .replaceAll(prefix, '')
    .replaceAll(/BlockNum: (\d+), TxNum: (\d+)/g, (_, block: string, index: string) => {
      return `transaction ${String(writers.get(`${block}:${index}`) ?? 'of another run')}`
    })
    .replaceAll(/[0-9a-f]{64}/g, '…')
}

function bareKey(key: string, prefix: string): string {
  if (key.startsWith(prefix)) return key.slice(prefix.length)
  throw new Error(`the key ${key} is outside of the run's prefix ${prefix}`)
}

function writerOf(version: Version | undefined, { writers }: Normalizer): Writer {
  if (!version) return null
  const writer = writers.get(`${String(version.blockNum)}:${String(version.txNum)}`)
  if (writer === undefined) throw new Error(`no transaction of this run wrote version ${JSON.stringify(version)}`)
  return writer
}

/** Policies are long: the beginning of their SHA-256 tells them apart. */
function digests(entries: readonly KVMetadataEntry[]): Record<string, string> {
  const digest = (value: Uint8Array): string => createHash('sha256').update(value).digest('hex').slice(0, 16)
  return Object.fromEntries(entries.map(({ name, value }) => [name, value.length === 0 ? '' : digest(value)]))
}

function some<Name extends string, T>(name: Name, items: T[]): Partial<Record<Name, T[]>> {
  return items.length === 0 ? {} : ({ [name]: items } as Record<Name, T[]>)
}
