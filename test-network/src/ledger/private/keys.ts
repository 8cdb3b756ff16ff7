import { NAME_LENGTH_BYTES, NUMBER_BYTES, prefixed, successor, Table } from '../store/keys.js'

const INDEX_BYTES = 4
const HASH_BYTES = 32
const PLACE_BYTES = NUMBER_BYTES + INDEX_BYTES

/** A collection as one organisation keeps it. */
export interface OrganizationCollection {
  readonly organization: string
  readonly namespace: string
  readonly collection: string
}

/** A transaction's place in the chain. */
export interface Place {
  readonly block: number
  readonly index: number
}

function placeBytes({ block, index }: Place): Buffer {
  const bytes = Buffer.allocUnsafe(PLACE_BYTES)
  bytes.writeBigUInt64BE(BigInt(block))
  bytes.writeUInt32BE(index, NUMBER_BYTES)
  return bytes
}

function placeAt(bytes: Buffer, at: number): Place {
  return { block: Number(bytes.readBigUInt64BE(at)), index: bytes.readUInt32BE(at + NUMBER_BYTES) }
}

function blockBytes(block: number): Buffer {
  const bytes = Buffer.allocUnsafe(NUMBER_BYTES)
  bytes.writeBigUInt64BE(BigInt(block))
  return bytes
}

const under = (prefix: Buffer): { gte: Buffer; lt: Buffer } => ({ gte: prefix, lt: successor(prefix) })

export const privateStateKey = ({ organization, namespace, collection }: OrganizationCollection, key: string): Buffer =>
  prefixed(Table.privateState, [organization, namespace, collection], key)

/** The bounds of a range of one collection's values; '' is open at that end. */
export function privateStateRange(of: OrganizationCollection, start: string, end: string): { gte: Buffer; lt: Buffer } {
  const gte = privateStateKey(of, start)
  return { gte, lt: end === '' ? successor(privateStateKey(of, '')) : privateStateKey(of, end) }
}

/** Reads the names in front of a key, and where they end. */
function names(stored: Buffer, count: number, from = 1): { found: string[]; end: number } {
  const found: string[] = []
  let end = from
  for (let i = 0; i < count; i++) {
    const start = end + NAME_LENGTH_BYTES
    end = start + stored.readUInt16BE(end)
    found.push(stored.toString('utf8', start, end))
  }
  return { found, end }
}

export function partsOfPrivateState(stored: Buffer): OrganizationCollection & { key: string } {
  const { found, end } = names(stored, 3)
  const [organization = '', namespace = '', collection = ''] = found
  return { organization, namespace, collection, key: stored.toString('utf8', end) }
}

/** The private writes of one transaction, as one organisation keeps them. */
export const privateWritesKey = (organization: string, place: Place): Buffer =>
  prefixed(Table.privateWrites, [organization], placeBytes(place))

export const privateWritesOfBlock = (organization: string, block: number): { gte: Buffer; lt: Buffer } =>
  under(prefixed(Table.privateWrites, [organization], blockBytes(block)))

export const indexOfPrivateWrites = (stored: Buffer): number => stored.readUInt32BE(stored.length - INDEX_BYTES)

/** Where a key was written, by its hash: what a purge has to find. Leads to the key itself. */
export const privateIndexKey = (of: OrganizationCollection, keyHash: Uint8Array, place: Place): Buffer =>
  prefixed(
    Table.privateIndex,
    [of.namespace, of.collection],
    Buffer.concat([keyHash, placeBytes(place), Buffer.from(of.organization)]),
  )

export const privateIndexOf = (namespace: string, collection: string, keyHash: Uint8Array) =>
  under(prefixed(Table.privateIndex, [namespace, collection], keyHash))

export function partsOfPrivateIndex(stored: Buffer): { organization: string; place: Place } {
  const at = names(stored, 2).end + HASH_BYTES
  return { organization: stored.toString('utf8', at + PLACE_BYTES), place: placeAt(stored, at) }
}

/** Says that what a transaction wrote in a collection ends with a block. */
export function privateExpiryKey(expiry: number, of: OrganizationCollection, place: Place): Buffer {
  const named = prefixed(Table.privateExpiry, [of.organization, of.namespace, of.collection], placeBytes(place))
  return Buffer.concat([privateExpiryMark(expiry), named.subarray(1)])
}

/** Says that private writes end with a block, so that most blocks need not look for them. */
export const privateExpiryMark = (expiry: number): Buffer =>
  Buffer.concat([Buffer.of(Table.privateExpiry), blockBytes(expiry)])

/** The private writes that end with a block, behind the mark. */
export function privateExpiryOf(expiry: number): { gte: Buffer; lt: Buffer } {
  const mark = privateExpiryMark(expiry)
  return { gte: Buffer.concat([mark, Buffer.of(0)]), lt: successor(mark) }
}

export function partsOfPrivateExpiry(stored: Buffer): { of: OrganizationCollection; place: Place } {
  const { found, end } = names(stored, 3, 1 + NUMBER_BYTES)
  const [organization = '', namespace = '', collection = ''] = found
  return { of: { organization, namespace, collection }, place: placeAt(stored, end) }
}

/** The private writes of a transaction that is endorsed and not yet committed. */
export const transientKey = (txId: string, organization: string): Buffer =>
  prefixed(Table.transient, [txId], organization)

export const allTransient = { gte: Buffer.of(Table.transient), lt: Buffer.of(Table.transient + 1) }

export function partsOfTransient(stored: Buffer): { txId: string; organization: string } {
  const { found, end } = names(stored, 1)
  return { txId: found[0] ?? '', organization: stored.toString('utf8', end) }
}
