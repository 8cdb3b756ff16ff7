import { LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import type { StateSnapshot } from '../ledger/index.js'
import { hashOf, type Simulator } from '../simulator/index.js'

/** The keys that a structure is read from. */
export interface ReadableState {
  get(key: string): Promise<Uint8Array | undefined>
}

export interface WritableState extends ReadableState {
  put(key: string, value: Uint8Array): Promise<void>
}

/** Keys of which everybody has the hashes, and only one organisation the values. */
export interface HashedState {
  hash(key: string): Promise<Uint8Array | undefined>
}

/** The private collection in which an organisation's approvals stand. */
export const approvalCollection = (mspId: string): string => `_implicit_org_${mspId}`

/** The definitions that the channel has committed, as a transaction reads and writes them. */
export function publicState(simulator: Simulator): WritableState {
  return {
    get: (key) => simulator.get(LIFECYCLE_NAMESPACE, key),
    put: (key, value) => simulator.put(LIFECYCLE_NAMESPACE, key, value),
  }
}

/** An organisation's approvals, as a transaction reads and writes them on its own peer. */
export function organizationState(simulator: Simulator, mspId: string): WritableState {
  const collection = approvalCollection(mspId)
  return {
    get: (key) => simulator.private.get(LIFECYCLE_NAMESPACE, collection, key),
    put: (key, value) => simulator.private.put(LIFECYCLE_NAMESPACE, collection, key, value),
  }
}

/** The hashes of any organisation's approvals, as a transaction reads them on any peer. */
export function hashedState(simulator: Simulator, mspId: string): HashedState {
  return { hash: (key) => simulator.private.getHash(LIFECYCLE_NAMESPACE, approvalCollection(mspId), key) }
}

/** An organisation's approvals as its peer keeps them, for the peer's own use: nothing is recorded. */
export function committedApprovals(state: StateSnapshot, mspId: string): ReadableState & HashedState {
  const collection = approvalCollection(mspId)
  return {
    get: async (key) => (await state.getPrivate(mspId, LIFECYCLE_NAMESPACE, collection, key))?.value,
    hash: async (key) => (await state.getHashed(LIFECYCLE_NAMESPACE, collection, hashOf(key)))?.value,
  }
}
