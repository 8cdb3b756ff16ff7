import { TxValidationCode } from '@caizheng/fabric-wire'
import type { Candidate, ReadWriteSet, Version } from '../types.js'
import type { CommittedState } from './committed.js'
import { keyOfHash, operationsOf, type Operation, type Target } from './operations.js'
import { PendingUpdates, type Update } from './pending.js'
import { rangeUnchanged } from './ranges.js'
import { sameVersion } from './version.js'

interface Outcome {
  /** One validation code a transaction. */
  readonly codes: Uint8Array
  readonly updates: PendingUpdates
}

/**
 * Checks every candidate's reads against the committed state and the block's earlier valid transactions, in order, and
 * collects the writes of those that hold.
 */
export async function validateReads(
  blockNum: number,
  candidates: readonly Candidate[],
  committed: CommittedState,
): Promise<Outcome> {
  const codes = Uint8Array.from(candidates, ({ code }) => code)
  const updates = new PendingUpdates()
  const operations = candidates.map(({ code, rwset }) => (code === 0 && rwset ? operationsOf(rwset) : []))
  await committed.load(neededTargets(candidates, operations))

  for (const [txNum, { code, rwset }] of candidates.entries()) {
    if (code !== TxValidationCode.VALID || rwset === undefined) continue
    codes[txNum] = await verdict(rwset, committed, updates)
    if (codes[txNum] === TxValidationCode.VALID) {
      await apply(operations[txNum] ?? [], { blockNum, txNum }, committed, updates)
    }
  }
  return { codes, updates }
}

/** All keys whose stored version or value will be asked for, so that one read fetches them. */
function* neededTargets(
  candidates: readonly Candidate[],
  operations: readonly (readonly [Target, Operation][])[],
): Generator<Target> {
  for (const [i, { code, rwset }] of candidates.entries()) {
    if (code !== TxValidationCode.VALID || rwset === undefined) continue
    for (const { namespace, rwset: kv, collections } of rwset.namespaces) {
      for (const { key } of kv.reads) yield { namespace, collection: undefined, key }
      for (const { collectionName: collection, hashedRwset: hashed } of collections ?? []) {
        for (const { keyHash } of hashed.hashedReads) yield { namespace, collection, key: keyOfHash(keyHash) }
      }
    }
    for (const [target, { kind }] of operations[i] ?? []) if (kind === 'metadata') yield target
  }
}

async function verdict(rwset: ReadWriteSet, committed: CommittedState, updates: PendingUpdates): Promise<number> {
  const unchanged = async (target: Target, version: Version | undefined): Promise<boolean> =>
    updates.get(target) === undefined && sameVersion((await committed.get(target))?.version, version)

  for (const { namespace, rwset: kv, collections } of rwset.namespaces) {
    for (const { key, version } of kv.reads) {
      if (!(await unchanged({ namespace, collection: undefined, key }, version)))
        return TxValidationCode.MVCC_READ_CONFLICT
    }
    for (const query of kv.rangeQueriesInfo) {
      if (!(await rangeUnchanged(namespace, query, committed, updates))) return TxValidationCode.PHANTOM_READ_CONFLICT
    }
    for (const { collectionName: collection, hashedRwset: hashed } of collections ?? []) {
      for (const { keyHash, version } of hashed.hashedReads) {
        const target = { namespace, collection, key: keyOfHash(keyHash) }
        if (!(await unchanged(target, version))) return TxValidationCode.MVCC_READ_CONFLICT
      }
    }
  }
  return TxValidationCode.VALID
}

async function apply(
  operations: readonly [Target, Operation][],
  version: Version,
  committed: CommittedState,
  updates: PendingUpdates,
): Promise<void> {
  // Worked out first and applied then: a transaction never sees its own writes.
  const changes: [Target, Update][] = []
  for (const [target, operation] of operations) {
    const before = updates.get(target)
    if (operation.kind === 'delete') {
      changes.push([target, { value: undefined, metadata: undefined, version }])
    } else if (operation.kind === 'put') {
      const metadata = operation.metadata === 'keep' && before ? before.metadata : operation.metadata
      changes.push([target, { value: operation.value, metadata, version }])
    } else {
      const value = before ? before.value : (await committed.get(target))?.value
      if (value !== undefined) changes.push([target, { value, metadata: operation.metadata, version }])
    }
  }
  for (const [target, update] of changes) updates.set(target, update)
}
