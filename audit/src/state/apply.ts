import type { KVMetadataEntry, Version } from '@caizheng/fabric-wire'
import type { BlockWrites } from '../validity/reads.js'
import type { OpenedNamespace } from '../validity/open.js'
import { keyOfHash, tableOf, type Held, type ReplayedState, type Table } from './state.js'

interface Draft {
  readonly table: Table
  readonly key: string
  /** Fabric *adds* these marks in eight bits, so that a set that names a key twice ends as in a peer. */
  marks: number
  value: Uint8Array | undefined
  metadata: readonly KVMetadataEntry[] | undefined
}

const WRITES = 1
const DESCRIBES = 2
const CLEARS = 4
const DELETES = 8

/** Brings a valid transaction's writes into the state. */
export function applyWrites(
  namespaces: readonly OpenedNamespace[],
  version: Version,
  state: ReplayedState,
  written: BlockWrites,
): void {
  const drafts = draftsOf(namespaces)
  const changes = drafts.map((draft) => [draft, heldAfter(draft, version, state.get(draft.table, draft.key))] as const)
  for (const [{ table, key }, after] of changes) {
    if (after === 'none') continue
    state.set(table, key, after)
    written.add(table, key)
  }
}

/** `none`: metadata of a key that is not there changes nothing. */
function heldAfter(
  { marks, value, metadata }: Draft,
  version: Version,
  before: Held | undefined,
): Held | undefined | 'none' {
  const has = (mark: number): boolean => (marks & mark) === mark
  if (has(DELETES)) return undefined
  if (has(WRITES) && (has(DESCRIBES) || has(CLEARS))) return value && { value, version, metadata }
  if ((marks | WRITES) === WRITES) return value && { value, version, metadata: before?.metadata }
  return before === undefined ? 'none' : { value: before.value, version, metadata }
}

function draftsOf(namespaces: readonly OpenedNamespace[]): Draft[] {
  const drafts = new Map<string, Draft>()
  const draft = (table: Table, key: string): Draft => {
    const id = `${table}\0\0${key}`
    let found = drafts.get(id)
    if (found === undefined) drafts.set(id, (found = { table, key, marks: 0, value: undefined, metadata: undefined }))
    return found
  }
  const write = (table: Table, key: string, value: Uint8Array | undefined): void => {
    const one = draft(table, key)
    one.marks = (one.marks + (value === undefined ? DELETES : WRITES)) & 0xff
    // A copy: the block's own bytes need not stay in memory for it.
    if (value !== undefined) one.value = value.slice()
  }
  const describe = (table: Table, key: string, entries: readonly KVMetadataEntry[]): void => {
    const one = draft(table, key)
    one.marks = (one.marks + (entries.length === 0 ? CLEARS : DESCRIBES)) & 0xff
    if (entries.length > 0) one.metadata = entries.map(({ name, value }) => ({ name, value: value.slice() }))
  }
  for (const { namespace, kv, collections } of namespaces) {
    const open = tableOf(namespace)
    for (const { key, isDelete, value } of kv.writes) {
      // An empty value deletes, as in a peer.
      write(open, key, isDelete || value.length === 0 ? undefined : value)
    }
    for (const { key, entries } of kv.metadataWrites) describe(open, key, entries)
    for (const { name, hashed } of collections) {
      const sealed = tableOf(namespace, name)
      for (const { keyHash, isDelete, valueHash } of hashed.hashedWrites) {
        const gone = isDelete || valueHash.length === 0 || HASH_OF_NOTHING.equals(valueHash)
        write(sealed, keyOfHash(keyHash), gone ? undefined : valueHash)
      }
      for (const { keyHash, entries } of hashed.metadataWrites) describe(sealed, keyOfHash(keyHash), entries)
    }
  }
  return [...drafts.values()]
}

const HASH_OF_NOTHING = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex')
