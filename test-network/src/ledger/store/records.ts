import { describeKey } from './describe-key.js'
import { damaged } from '../errors.js'
import type { HistoryEntry, TransactionPlace, Version, VersionedValue } from '../types.js'

/** The version of everything below `store/`: keys, records and their checksums. */
export const FORMAT_VERSION = 1

export interface Format {
  readonly version: number
  readonly channel: string
  readonly genesis: string
}

export interface Checkpoint {
  readonly height: number
  readonly hash: Uint8Array
  readonly commitHash: Uint8Array
}

/** Reads a record from its start; asking for more than there is means damage. */
class Cursor {
  private at = 0
  constructor(
    private readonly bytes: Buffer,
    private readonly key: Buffer,
  ) {}

  take(length: number): Buffer {
    const end = this.at + length
    if (end > this.bytes.length) throw damaged(describeKey(this.key), 'the record is too short')
    const part = this.bytes.subarray(this.at, end)
    this.at = end
    return part
  }

  number(): number {
    const value = this.take(8).readBigUInt64BE()
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(describeKey(this.key), 'a number is out of range')
    return Number(value)
  }

  uint32 = (): number => this.take(4).readUInt32BE()
  byte = (): number => this.take(1)[0] as number
  rest = (): Buffer => this.take(this.bytes.length - this.at)

  end(): void {
    if (this.at !== this.bytes.length) throw damaged(describeKey(this.key), 'the record is too long')
  }
}

function number64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

function number32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export const encodeFormat = (format: Format): Buffer => Buffer.from(JSON.stringify(format))

export function decodeFormat(bytes: Buffer, key: Buffer): Format {
  const format = JSON.parse(bytes.toString()) as Partial<Format>
  if (typeof format.version !== 'number') throw damaged(describeKey(key), 'there is no version in it')
  return { version: format.version, channel: String(format.channel), genesis: String(format.genesis) }
}

export const encodeNumber = number64

export function decodeNumber(bytes: Buffer, key: Buffer): number {
  const cursor = new Cursor(bytes, key)
  const value = cursor.number()
  cursor.end()
  return value
}

export const encodeCheckpoint = (checkpoint: Checkpoint): Buffer =>
  Buffer.concat([
    number64(checkpoint.height),
    Buffer.of(checkpoint.hash.length),
    checkpoint.hash,
    Buffer.of(checkpoint.commitHash.length),
    checkpoint.commitHash,
  ])

export function decodeCheckpoint(bytes: Buffer, key: Buffer): Checkpoint {
  const cursor = new Cursor(bytes, key)
  const checkpoint = {
    height: cursor.number(),
    hash: cursor.take(cursor.byte()),
    commitHash: cursor.take(cursor.byte()),
  }
  cursor.end()
  return checkpoint
}

export const encodeTransaction = (place: TransactionPlace): Buffer =>
  Buffer.concat([number64(place.block), number32(place.index), Buffer.of(place.code)])

export function decodeTransaction(bytes: Buffer, key: Buffer): TransactionPlace {
  const cursor = new Cursor(bytes, key)
  const found = { block: cursor.number(), index: cursor.uint32(), code: cursor.byte() }
  cursor.end()
  return found
}

/** Room for the checksum is the caller's; one copy of the value is made here and none at reading. */
export function encodeState(value: Uint8Array, version: Version): Buffer {
  const bytes = Buffer.allocUnsafe(12 + value.length)
  bytes.writeBigUInt64BE(BigInt(version.blockNum))
  bytes.writeUInt32BE(version.txNum, 8)
  bytes.set(value, 12)
  return bytes
}

export function decodeState(bytes: Buffer, key: Buffer): VersionedValue {
  const cursor = new Cursor(bytes, key)
  const version = { blockNum: cursor.number(), txNum: cursor.uint32() }
  return { value: cursor.rest(), version }
}

export type HistoryRecord = Omit<HistoryEntry, 'block' | 'index'>

export function encodeHistory(entry: HistoryRecord): Buffer {
  const txId = Buffer.from(entry.txId)
  const seconds = Buffer.allocUnsafe(8)
  // Whatever a client has signed must find room: both numbers may be below zero, and seconds as large as they like.
  seconds.writeBigInt64BE(BigInt.asIntN(64, BigInt(entry.timestamp.seconds)))
  const nanos = Buffer.allocUnsafe(4)
  nanos.writeInt32BE(entry.timestamp.nanos)
  return Buffer.concat([seconds, nanos, Buffer.of(entry.isDelete ? 1 : 0), number32(txId.length), txId, entry.value])
}

export function decodeHistory(bytes: Buffer, key: Buffer): HistoryRecord {
  const cursor = new Cursor(bytes, key)
  const timestamp = { seconds: Number(cursor.take(8).readBigInt64BE()), nanos: cursor.take(4).readInt32BE() }
  const isDelete = cursor.byte() === 1
  const txId = cursor.take(cursor.uint32()).toString()
  return { txId, timestamp, isDelete, value: cursor.rest() }
}
