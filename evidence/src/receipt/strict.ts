import { decode, encode, equalBytes, type Message } from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../fault.js'

/**
 * Reads one protobuf message that must be in its only encoding. The codec refuses unknown, repeated and unordered fields;
 * encoding it again and comparing leaves nothing to the codec's own strictness, on which every hash and signature of a
 * receipt rests.
 *
 * @param part what it is, for the reason
 * @throws EvidenceError RECEIPT_MALFORMED
 */
export function readStrict<T>(type: Message<T>, bytes: Uint8Array, part: string): T {
  let value: T
  let again: Uint8Array
  try {
    value = decode(type, bytes)
    again = encode(type, value as Parameters<typeof encode<T>>[1])
  } catch (error) {
    throw new EvidenceError('RECEIPT_MALFORMED', { part, why: why(error) }, { cause: error })
  }
  if (!equalBytes(again, bytes)) throw new EvidenceError('RECEIPT_MALFORMED', { part, why: 'encodes differently' })
  return value
}

/**
 * A part that must be there.
 *
 * @throws EvidenceError RECEIPT_MALFORMED
 */
export function present<T>(value: T | undefined, part: string): T {
  if (value === undefined) throw new EvidenceError('RECEIPT_MALFORMED', { part, why: 'absent' })
  return value
}
