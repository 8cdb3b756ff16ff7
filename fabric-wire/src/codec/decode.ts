import { WireError } from '../errors.js'
import { compareUtf8, decodeUtf8 } from './utf8.js'
import { Kind, Label } from './field.js'
import type { Entry, Message, Plain, Table } from './message.js'
import { Reader } from './reader.js'

/** How deep messages may nest: protobuf's usual limit, far above any honest policy or configuration. */
export const MAX_DEPTH = 100

const TWO_32 = 0x1_0000_0000

/**
 * Decodes the one canonical encoding of a message: fields ascending and known, defaults not written, shortest varints,
 * well-formed UTF-8, map entries sorted, nothing left over. So `encode(type, decode(type, x))` is `x`, byte for byte.
 *
 * Bytes fields are views of `bytes`: copy them (`slice()`) to keep them without the rest, and don't write into the buffer.
 *
 * @throws {WireError} `MALFORMED`, or `OUT_OF_RANGE` for a 64-bit number beyond JavaScript's safe integers
 * @example const { payload, signature } = decode(Envelope, bytes)
 */
export function decode<T>(type: Message<T>, bytes: Uint8Array): T {
  return run(type, bytes, true)
}

/**
 * Decodes as Go's protobuf does: any order, the last of a repeated field wins, embedded messages merge, unknown fields are
 * passed over, and a 64-bit number beyond the safe integers is rounded, since whoever writes one may not get a message
 * refused here that Fabric takes. For configuration, whose maps Go writes in random order, and for judging transactions
 * as a peer does; never for what a signature or a receipt rests on.
 *
 * @throws {WireError} `MALFORMED`
 */
export function decodeLoose<T>(type: Message<T>, bytes: Uint8Array): T {
  return run(type, bytes, false)
}

function run<T>(type: Message<T>, bytes: Uint8Array, strict: boolean): T {
  // A Buffer's subarrays would be Buffers: readers of decoded messages get plain Uint8Arrays whatever came in.
  const plain =
    bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader = new Reader(plain, strict)
  // The table was made from the same fields as T (see `message`): the one place where the codec asserts a type.
  return decodeFields(reader, type.table, plain.length, 0, type.table.blank()) as T
}

function decodeFields(reader: Reader, table: Table, end: number, depth: number, out: Plain): Plain {
  if (depth > MAX_DEPTH) table.fail(`nested deeper than ${MAX_DEPTH}`)
  const { strict } = reader
  const { byNumber } = table
  let previous = 0
  let oneofs = 0
  let lastKey: string | undefined
  while (reader.position < end) {
    const tag = reader.tag(end)
    const number = tag >>> 3
    const entry = number < byNumber.length ? byNumber[number] : undefined
    if (entry === undefined || entry.wire !== (tag & 7)) {
      if (strict) table.fail(`unknown field ${number} of wire type ${tag & 7}`)
      reader.skip(tag, end)
      continue
    }
    if (strict) {
      if (number < previous) entry.fail('out of order')
      if (number === previous && !entry.many) entry.fail('repeated')
      if (number !== previous) lastKey = undefined
      if ((oneofs & entry.oneof) !== 0) entry.fail('a second member of a oneof')
      previous = number
      oneofs |= entry.oneof
    } else if (entry.oneof !== 0) clearOneof(table, entry, out)
    if (entry.label === Label.REPEATED) {
      // blank() put an array there.
      ;(out[entry.name] as unknown[]).push(readValue(reader, entry, end, depth, undefined))
    } else if (entry.label === Label.MAP) {
      const key = readMapEntry(reader, entry, end, depth, out[entry.name] as Map<string, unknown>)
      if (strict && lastKey !== undefined && compareUtf8(lastKey, key) >= 0) entry.fail('keys are not sorted')
      lastKey = key
    } else {
      const value = readValue(reader, entry, end, depth, out[entry.name])
      if (strict && entry.label === Label.IMPLICIT && isDefault(entry.kind, value))
        entry.fail('a default value is written')
      out[entry.name] = value
    }
  }
  return out
}

function isDefault(kind: Kind, value: unknown): boolean {
  if (kind === Kind.MESSAGE) return false
  if (kind === Kind.BYTES) return (value as Uint8Array).length === 0
  return value === 0 || value === '' || value === false
}

function clearOneof(table: Table, chosen: Entry, out: Plain): void {
  for (const entry of table.ascending) if (entry !== chosen && entry.oneof === chosen.oneof) out[entry.name] = undefined
}

function readValue(reader: Reader, entry: Entry, end: number, depth: number, present: unknown): unknown {
  switch (entry.kind) {
    case Kind.BYTES: {
      const stop = reader.length(end)
      const value = reader.bytes.subarray(reader.position, stop)
      reader.position = stop
      return value
    }
    case Kind.STRING: {
      const stop = reader.length(end)
      const value = decodeUtf8(reader.bytes, reader.position, stop)
      reader.position = stop
      return value ?? entry.fail('not UTF-8')
    }
    case Kind.MESSAGE: {
      const stop = reader.length(end)
      const target = present === undefined ? entry.table.blank() : (present as Plain)
      return decodeFields(reader, entry.table, stop, depth + 1, target)
    }
    default:
      reader.varint(end)
      return number(reader, entry)
  }
}

function number(reader: Reader, entry: Entry): number | boolean {
  const { lo, hi, strict } = reader
  switch (entry.kind) {
    case Kind.BOOL:
      if (strict && (hi !== 0 || lo > 1)) entry.fail('not a boolean')
      return lo !== 0 || hi !== 0
    case Kind.UINT32:
      if (strict && hi !== 0) entry.fail('exceeds 32 bits')
      return lo
    case Kind.INT32: {
      const value = lo | 0
      if (strict && hi !== (value < 0 ? 0xffff_ffff : 0)) entry.fail('exceeds 32 bits')
      return value
    }
    default: {
      const value = (entry.kind === Kind.INT64 ? hi | 0 : hi) * TWO_32 + lo
      if (strict && !Number.isSafeInteger(value))
        throw new WireError('OUT_OF_RANGE', `${entry.path}: beyond the safe integers`)
      return value
    }
  }
}

/** One map entry: a message with the key at 1 and the value at 2. Go writes both always, sorted by key. */
function readMapEntry(reader: Reader, entry: Entry, end: number, depth: number, map: Map<string, unknown>): string {
  const value = entry.value
  if (value === undefined) return entry.fail('not a map')
  const stop = reader.length(end)
  let key: string | undefined
  let content: unknown
  while (reader.position < stop) {
    const tag = reader.tag(stop)
    if (tag === ((1 << 3) | 2) && (key === undefined || !reader.strict)) {
      const last = reader.length(stop)
      key = decodeUtf8(reader.bytes, reader.position, last) ?? entry.fail('a key is not UTF-8')
      reader.position = last
    } else if (tag === ((2 << 3) | value.wire) && (!reader.strict || (key !== undefined && content === undefined))) {
      content = readValue(reader, value, stop, depth + 1, content)
    } else if (reader.strict) entry.fail('an entry is not a key and then a value')
    else reader.skip(tag, stop)
  }
  if (reader.strict && (key === undefined || content === undefined)) entry.fail('an entry lacks its key or its value')
  key ??= ''
  map.set(key, content ?? (value.kind === Kind.MESSAGE ? value.table.blank() : value.fallback))
  return key
}
