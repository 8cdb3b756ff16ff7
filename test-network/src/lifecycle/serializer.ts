import { decodeLoose, encode, equalBytes, sha256, StateData, StateMetadata } from '@caizheng/fabric-wire'
import type { HashedState, ReadableState, WritableState } from './state.js'

/** The two parts of `_lifecycle`'s keys: definitions and approvals, and where an organisation has the code. */
export type Section = 'namespaces' | 'chaincode-sources'

/** What is stored field by field, so that a transaction writes the fields that change and no others. */
export interface Structure {
  readonly datatype: string
  /** In the order in which Fabric declares them; the values are encoded `StateData`. */
  readonly fields: readonly (readonly [name: string, value: Uint8Array])[]
}

export const metadataKey = (section: Section, name: string): string => `${section}/metadata/${name}`

export const fieldKey = (section: Section, name: string, field: string): string => `${section}/fields/${name}/${field}`

const metadataOf = ({ datatype, fields }: Structure): Uint8Array =>
  encode(StateMetadata, { datatype, fields: fields.map(([name]) => name) })

/** Writes what differs from the state, and reads what a peer reads for that. */
export async function serialize(
  state: WritableState,
  section: Section,
  name: string,
  structure: Structure,
): Promise<void> {
  const present = await readMetadata(state, section, name)
  const existing = new Map<string, Uint8Array | undefined>()
  for (const field of present?.fields ?? []) existing.set(field, await state.get(fieldKey(section, name, field)))
  for (const [field, value] of structure.fields) {
    const before = existing.get(field)
    if (!before || !equalBytes(before, value)) await state.put(fieldKey(section, name, field), value)
  }
  if (present?.datatype !== structure.datatype || present.fields.length !== structure.fields.length) {
    await state.put(metadataKey(section, name), metadataOf(structure))
  }
}

/**
 * Compares a structure with the hashes of what another organisation has stored.
 * @returns the fields that differ, or the datatype alone where no such structure is stored; empty where all is the same
 */
export async function mismatches(
  state: HashedState,
  section: Section,
  name: string,
  structure: Structure,
): Promise<string[]> {
  const stored = await state.hash(metadataKey(section, name))
  const hashes = new Map<string, Uint8Array | undefined>()
  for (const [field] of structure.fields) hashes.set(field, await state.hash(fieldKey(section, name, field)))
  if (!isHashOf(stored, metadataOf(structure))) return [structure.datatype]
  return structure.fields.flatMap(([field, value]) => (isHashOf(hashes.get(field), value) ? [] : [field]))
}

export async function readMetadata(
  state: ReadableState,
  section: Section,
  name: string,
): Promise<StateMetadata | undefined> {
  const stored = await state.get(metadataKey(section, name))
  return stored && decodeLoose(StateMetadata, stored)
}

/** One field; an absent one has no content. */
export async function readField(
  state: ReadableState,
  section: Section,
  name: string,
  field: string,
): Promise<StateData> {
  return decodeLoose(StateData, (await state.get(fieldKey(section, name, field))) ?? new Uint8Array())
}

function isHashOf(hash: Uint8Array | undefined, value: Uint8Array): boolean {
  return hash !== undefined && equalBytes(hash, sha256(value))
}
