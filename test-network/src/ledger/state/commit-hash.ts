import { createHash } from 'node:crypto'
import { bool, bytes, embedded, encode, message, repeated, string } from '@caizheng/fabric-wire'
import { hashOfKey } from './operations.js'
import type { PendingUpdates, Update } from './pending.js'
import { versionBytes } from './version.js'

/** The form in which Fabric hashes a block's changes; it is never stored or sent. */
const StateChange = message('KVWrite', {
  namespace: string(1),
  collection: string(2),
  key: bytes(3),
  isDelete: bool(4),
  value: bytes(5),
  versionBytes: bytes(6),
})

const StateChanges = message('Updates', { kvwrites: repeated(embedded(1, StateChange)) })

/**
 * The commit hash of a block: SHA-256 over the number of flags (a varint), the flags, the block's changes of the state in
 * a fixed order, and the commit hash of the block before. Equal commit hashes say that two peers hold the same state.
 *
 * Namespace and collection are written only where they change. Metadata takes no part in it.
 */
export function commitHash(codes: Uint8Array, updates: PendingUpdates, previous: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(varint(codes.length))
    .update(codes)
    .update(encode(StateChanges, { kvwrites: stateChanges(updates) }))
    .update(previous)
    .digest()
}

function stateChanges(updates: PendingUpdates): StateChangeFields[] {
  // The empty namespace holds a peer's channel configuration, whose bytes are not deterministic.
  const namespaces = updates.namespaces().filter((namespace) => namespace !== '')
  return namespaces.flatMap((namespace) => {
    const changes = updates.publicUpdates(namespace).map(([key, update]) => change(Buffer.from(key), update))
    for (const [collection, hashed] of updates.hashedUpdates(namespace)) {
      const inCollection = hashed.map(([key, update]) => change(hashOfKey(key), update))
      if (inCollection[0]) inCollection[0].collection = collection
      changes.push(...inCollection)
    }
    if (changes[0]) changes[0].namespace = namespace
    return changes
  })
}

interface StateChangeFields {
  namespace: string
  collection: string
  key: Uint8Array
  isDelete: boolean
  value: Uint8Array
  versionBytes: Uint8Array
}

const NOTHING = new Uint8Array()

const change = (key: Uint8Array, { value, version }: Update): StateChangeFields => ({
  namespace: '',
  collection: '',
  key,
  isDelete: value === undefined,
  value: value ?? NOTHING,
  versionBytes: versionBytes(version),
})

function varint(value: number): Uint8Array {
  const groups: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) groups.push((rest % 0x80) + 0x80)
  groups.push(rest)
  return Uint8Array.from(groups)
}
