/**
 * The tables of the database, by the first byte of each key. Namespaces and collections carry their length in front,
 * so that no name can run into its neighbour's keys, and a key comes last, so that LevelDB's order of bytes is the
 * order of the keys' UTF-8.
 */
export const Table = {
  /** -> format version, channel, genesis hash */
  format: 0x66,
  /** -> height, tip hash, commit hash */
  checkpoint: 0x63,
  /** number -> serialized block */
  block: 0x62,
  /** number -> block hash; small, so that the whole chain can be walked quickly */
  header: 0x6e,
  /** block hash -> number */
  hash: 0x68,
  /** transaction id -> block, index, code */
  transaction: 0x74,
  /** namespace, key -> version, value */
  state: 0x73,
  /** namespace, key -> metadata entries */
  metadata: 0x6d,
  /** namespace, collection, key hash -> version, value hash */
  hashedState: 0x70,
  /** namespace, collection, key hash -> metadata entries */
  hashedMetadata: 0x71,
  /** namespace, key, newest first -> transaction and value */
  history: 0x79,
  /** expiry block, key of a hashed state -> the block that wrote it */
  hashedExpiry: 0x7a,
  /** organisation, namespace, collection, key -> version, value; this and what follows is not in the blocks */
  privateState: 0x80,
  /** organisation, block, index -> a transaction's private writes */
  privateWrites: 0x81,
  /** namespace, collection, key hash, block, index, organisation -> key */
  privateIndex: 0x82,
  /** expiry block, organisation, namespace, collection, block, index -> nothing */
  privateExpiry: 0x83,
  /** transaction id, organisation -> height, private writes */
  transient: 0x84,
} as const

/** Tables from here on hold what cannot be made again from the blocks. */
export const FIRST_PRIVATE_TABLE = Table.privateState

export type TableByte = (typeof Table)[keyof typeof Table]

export const formatKey = Buffer.of(Table.format)
export const checkpointKey = Buffer.of(Table.checkpoint)

export const NUMBER_BYTES = 8

function numberedKey(table: TableByte, number: number): Buffer {
  const key = Buffer.allocUnsafe(1 + NUMBER_BYTES)
  key[0] = table
  key.writeBigUInt64BE(BigInt(number), 1)
  return key
}

export const blockKey = (number: number): Buffer => numberedKey(Table.block, number)
export const headerKey = (number: number): Buffer => numberedKey(Table.header, number)
export const hashKey = (hash: Uint8Array): Buffer => Buffer.concat([Buffer.of(Table.hash), hash])
export const transactionKey = (txId: string): Buffer => Buffer.concat([Buffer.of(Table.transaction), Buffer.from(txId)])

/** The number in a key of the block or header table. */
export const numberOfKey = (key: Buffer): number => Number(key.readBigUInt64BE(1))

export const NAME_LENGTH_BYTES = 2

/** A key of names, each with its length in front, and then the rest. */
export function prefixed(table: TableByte, names: readonly string[], rest: string | Uint8Array): Buffer {
  const restBytes = typeof rest === 'string' ? Buffer.byteLength(rest) : rest.length
  let size = 1 + restBytes
  for (const name of names) size += NAME_LENGTH_BYTES + Buffer.byteLength(name)
  const key = Buffer.allocUnsafe(size)
  key[0] = table
  let at = 1
  for (const name of names) {
    const written = key.write(name, at + NAME_LENGTH_BYTES)
    key.writeUInt16BE(written, at)
    at += NAME_LENGTH_BYTES + written
  }
  if (typeof rest === 'string') key.write(rest, at)
  else key.set(rest, at)
  return key
}

export const stateKey = (namespace: string, key: string): Buffer => prefixed(Table.state, [namespace], key)
export const metadataKey = (namespace: string, key: string): Buffer => prefixed(Table.metadata, [namespace], key)

export const hashedStateKey = (namespace: string, collection: string, keyHash: Uint8Array): Buffer =>
  prefixed(Table.hashedState, [namespace, collection], keyHash)

export const hashedMetadataKey = (namespace: string, collection: string, keyHash: Uint8Array): Buffer =>
  prefixed(Table.hashedMetadata, [namespace, collection], keyHash)

/** Says that hashes end with a block, so that most blocks need not look for them. */
export const hashedExpiryMark = (expiry: number): Buffer => numberedKey(Table.hashedExpiry, expiry)

/** The keys whose hashes end with a block, behind the mark. */
export const hashedExpiryOf = (expiry: number): { gte: Buffer; lt: Buffer } => {
  const mark = hashedExpiryMark(expiry)
  return { gte: Buffer.concat([mark, Buffer.of(0)]), lt: successor(mark) }
}

/** Says that a hash ends with a block, unless it is written again before. */
export const hashedExpiryKey = (expiry: number, hashedState: Buffer): Buffer =>
  Buffer.concat([hashedExpiryMark(expiry), hashedState])

/** The keys of the hash and of its metadata that an expiry names. */
export function targetsOfHashedExpiry(stored: Buffer): { state: Buffer; metadata: Buffer } {
  const state = Buffer.from(stored.subarray(1 + NUMBER_BYTES))
  const metadata = Buffer.from(state)
  metadata[0] = Table.hashedMetadata
  return { state, metadata }
}

/** The bounds of a range of one namespace's state; '' is open at that end. */
export function stateRange(namespace: string, start: string, end: string): { gte: Buffer; lt: Buffer } {
  return {
    gte: stateKey(namespace, start),
    lt: end === '' ? successor(stateKey(namespace, '')) : stateKey(namespace, end),
  }
}

/** The key of a state record without its namespace. */
export function keyOfState(stored: Buffer): string {
  return stored.toString('utf8', 1 + NAME_LENGTH_BYTES + stored.readUInt16BE(1))
}

const KEY_LENGTH_BYTES = 4
const MAX_NUMBER = 2n ** 64n - 1n
const MAX_INDEX = 2 ** 32 - 1
export const HISTORY_PLACE_BYTES = NUMBER_BYTES + 4

/** All history of one key lies under this prefix; the key's length keeps longer keys out. */
export function historyPrefix(namespace: string, key: string): Buffer {
  const bytes = Buffer.from(key)
  const length = Buffer.allocUnsafe(KEY_LENGTH_BYTES)
  length.writeUInt32BE(bytes.length)
  return prefixed(Table.history, [namespace], Buffer.concat([length, bytes]))
}

/** Block and index count downwards, so that reading forwards gives the newest first. */
export function historyKey(prefix: Buffer, block: number, index: number): Buffer {
  const place = Buffer.allocUnsafe(HISTORY_PLACE_BYTES)
  place.writeBigUInt64BE(MAX_NUMBER - BigInt(block))
  place.writeUInt32BE(MAX_INDEX - index, NUMBER_BYTES)
  return Buffer.concat([prefix, place])
}

export function placeOfHistory(key: Buffer): { block: number; index: number } {
  const at = key.length - HISTORY_PLACE_BYTES
  return { block: Number(MAX_NUMBER - key.readBigUInt64BE(at)), index: MAX_INDEX - key.readUInt32BE(at + NUMBER_BYTES) }
}

/** The smallest key above every key that starts with `prefix`. */
export function successor(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix)
  for (let i = next.length - 1; i >= 0; i--) {
    const byte = next[i] as number
    if (byte < 0xff) {
      next[i] = byte + 1
      return next.subarray(0, i + 1)
    }
  }
  throw new RangeError('a prefix of 0xff bytes only has no successor')
}
