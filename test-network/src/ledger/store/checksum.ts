import { crc32 } from 'node:zlib'
import { damaged } from '../errors.js'
import { describeKey } from './describe-key.js'

const BYTES = 4

/** `record` with a CRC-32 over key and record behind it; the key is in it so that no value can stand for another's. */
export function seal(key: Buffer, record: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(record.length + BYTES)
  sealed.set(record)
  sealed.writeUInt32BE(crc32(record, crc32(key)), record.length)
  return sealed
}

/**
 * The record in what `seal` made; no copy.
 *
 * @throws LedgerError `DAMAGED` where the checksum does not fit
 */
export function unseal(key: Buffer, sealed: Buffer): Buffer {
  const size = sealed.length - BYTES
  if (size < 0) throw damaged(describeKey(key), 'the record is cut off')
  const record = sealed.subarray(0, size)
  if (crc32(record, crc32(key)) !== sealed.readUInt32BE(size)) {
    throw damaged(describeKey(key), 'the checksum does not match')
  }
  return record
}
