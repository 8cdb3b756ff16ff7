import {
  CollectionConfigPackage,
  encode,
  KVRWSet,
  sha256,
  StateData,
  type Init,
  type KVWrite,
} from '@caizheng/fabric-wire'
import {
  candidatesOf,
  type CommittedBlock,
  type HashedReadWriteSet,
  type Ledger,
  type OrganizationPrivateWrites,
  type PrivateWriteSet,
} from '../../src/ledger/index.js'
import { NAMESPACE, nextBlock, type TransactionSpec, utf8 } from './support.js'

export const COLLECTION = 'offers'

/** A private write in short: no value deletes, `purge` purges, `describe` changes the metadata alone. */
export interface PrivateWriteSpec {
  readonly key: string
  readonly value?: string
  readonly purge?: boolean
  readonly describe?: boolean
}

export interface PrivateTransactionSpec {
  readonly txId: string
  readonly code?: number
  readonly writes: readonly PrivateWriteSpec[]
  readonly collection?: string
  /** Who gets the plain values. */
  readonly members?: readonly string[]
  /** Private reads: keys with the height at which they were seen. */
  readonly reads?: HashedReadWriteSet['hashedReads']
}

export const hashOf = (text: string): Uint8Array => sha256(utf8(text))

export function plainWrites({ writes, collection = COLLECTION }: PrivateTransactionSpec): PrivateWriteSet {
  const rwset: Init<KVRWSet> = {
    writes: writes
      .filter(({ describe }) => !describe)
      .map(({ key, value }): Init<KVWrite> => ({ key, isDelete: value === undefined, value: utf8(value ?? '') })),
    metadataWrites: writes.filter(({ describe }) => describe).map(({ key }) => ({ key })),
  }
  return { namespace: NAMESPACE, collection, rwset: encode(KVRWSet, rwset) }
}

export function publicPart({
  txId,
  code,
  writes,
  collection = COLLECTION,
  reads = [],
}: PrivateTransactionSpec): TransactionSpec {
  const hashedRwset: HashedReadWriteSet = {
    hashedReads: reads,
    hashedWrites: writes
      .filter(({ describe }) => !describe)
      .map(({ key, value, purge = false }) => ({
        keyHash: hashOf(key),
        isDelete: value === undefined,
        valueHash: value === undefined ? new Uint8Array() : hashOf(value),
        isPurge: purge,
      })),
    metadataWrites: writes
      .filter(({ describe }) => describe)
      .map(({ key }) => ({ keyHash: hashOf(key), entries: [{ name: 'VALIDATION_PARAMETER', value: utf8('policy') }] })),
  }
  const rwset = { reads: [], rangeQueriesInfo: [], writes: [], metadataWrites: [] }
  const namespaces = [{ namespace: NAMESPACE, rwset, collections: [{ collectionName: collection, hashedRwset }] }]
  return { txId, ...(code !== undefined && { code }), namespaces }
}

/** Commits a block of private writes, with their plain values for the members. */
export function commitPrivately(ledger: Ledger, specs: readonly PrivateTransactionSpec[]): Promise<CommittedBlock> {
  const block = nextBlock(ledger, specs.map(publicPart))
  const candidates = candidatesOf(block).map((candidate, index) => {
    const spec = specs[index]
    if (!spec) throw new Error('one candidate a transaction')
    const privateWrites: OrganizationPrivateWrites[] = (spec.members ?? ['FinanceMSP', 'AuditMSP']).map(
      (organization) => ({ organization, sets: [plainWrites(spec)] }),
    )
    return { ...candidate, privateWrites }
  })
  return ledger.commit(block, candidates)
}

/** The transaction that defines a collection with a `blockToLive`. */
export function definition(blockToLive: number): TransactionSpec {
  const config = { config: [{ staticCollectionConfig: { name: COLLECTION, blockToLive } }] }
  const value = encode(StateData, { bytes: encode(CollectionConfigPackage, config) })
  const key = `namespaces/fields/${NAMESPACE}/Collections`
  const rwset = { reads: [], rangeQueriesInfo: [], writes: [{ key, isDelete: false, value }], metadataWrites: [] }
  return { txId: 'definition', namespaces: [{ namespace: '_lifecycle', rwset }] }
}
