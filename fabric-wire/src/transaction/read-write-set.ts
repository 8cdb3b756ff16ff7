import { decode } from '../codec/index.js'
import { WireError } from '../errors.js'
import { HashedRWSet, KVRWSet, TxReadWriteSet } from '../messages/index.js'

/** A collection's hashed reads and writes. */
export interface ParsedCollection {
  name: string
  hashed: HashedRWSet
  /** SHA-256 of the private read-write set. */
  privateHash: Uint8Array
}

export interface ParsedNamespace {
  namespace: string
  kv: KVRWSet
  collections: ParsedCollection[]
}

/** A read-write set, decoded to its end. */
export interface ReadWriteSet {
  namespaces: ParsedNamespace[]
}

/**
 * Reads a transaction's results.
 *
 * @throws {WireError} `MALFORMED`, or `UNSUPPORTED` for another data model than key-value
 */
export function parseReadWriteSet(bytes: Uint8Array): ReadWriteSet {
  const { dataModel, nsRwset } = decode(TxReadWriteSet, bytes)
  if (dataModel !== 0) throw new WireError('UNSUPPORTED', `a read-write set of data model ${dataModel}`)
  const namespaces = nsRwset.map(({ namespace, rwset, collectionHashedRwset }) => ({
    namespace,
    kv: decode(KVRWSet, rwset),
    collections: collectionHashedRwset.map(({ collectionName, hashedRwset, pvtRwsetHash }) => ({
      name: collectionName,
      hashed: decode(HashedRWSet, hashedRwset),
      privateHash: pvtRwsetHash,
    })),
  }))
  return { namespaces }
}
