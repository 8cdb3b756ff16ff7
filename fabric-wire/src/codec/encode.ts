import { WireError } from '../errors.js'
import { MAX_DEPTH } from './decode.js'
import { Kind, Label } from './field.js'
import type { Entry, Init, Message, Table } from './message.js'
import { compareUtf8, encodeUtf8 } from './utf8.js'
import { Writer } from './writer.js'

const writer = new Writer()

/**
 * Encodes a message canonically, byte for byte as Go's deterministic marshalling does: fields ascending, defaults left out,
 * map entries sorted by the bytes of their keys. Fields that are left out are at their defaults.
 *
 * @throws {WireError} `OUT_OF_RANGE` for a number, a string or a oneof that has no encoding
 * @example encode(Envelope, { payload, signature })
 */
export function encode<T>(type: Message<T>, value: NoInfer<Init<T>>): Uint8Array {
  // encode calls nothing of a caller's that could call it again, so one writer serves all.
  writer.reset()
  writeFields(type.table, value as Readonly<Record<string, unknown>>, 0)
  return writer.take()
}

function writeFields(table: Table, value: Readonly<Record<string, unknown>>, depth: number): void {
  if (depth > MAX_DEPTH) throw new WireError('OUT_OF_RANGE', `${table.name}: nested deeper than ${MAX_DEPTH}`)
  const { ascending } = table
  let oneofs = 0
  for (let i = ascending.length - 1; i >= 0; i--) {
    const entry = ascending[i]
    if (entry === undefined) continue
    const content = value[entry.name]
    if (content === undefined) continue
    if (entry.oneof !== 0) {
      if ((oneofs & entry.oneof) !== 0) throw new WireError('OUT_OF_RANGE', `${entry.path}: a second member of a oneof`)
      oneofs |= entry.oneof
    }
    if (entry.label === Label.REPEATED) writeRepeated(entry, content as readonly unknown[], depth)
    else if (entry.label === Label.MAP) writeMap(entry, content as ReadonlyMap<string, unknown>, depth)
    else writeField(entry, content, entry.label === Label.IMPLICIT, depth)
  }
}

function writeRepeated(entry: Entry, items: readonly unknown[], depth: number): void {
  for (let i = items.length - 1; i >= 0; i--) writeField(entry, items[i], false, depth)
}

function writeMap(entry: Entry, map: ReadonlyMap<string, unknown>, depth: number): void {
  const { value } = entry
  if (value === undefined) return
  const descending = [...map.keys()].sort((a, b) => compareUtf8(b, a))
  for (const key of descending) {
    const before = writer.length
    writeField(value, map.get(key), false, depth + 1)
    writeString(key)
    writer.varint((1 << 3) | 2)
    writer.varint(writer.length - before)
    writer.varint((entry.number << 3) | 2)
  }
}

function writeField(entry: Entry, content: unknown, omitDefault: boolean, depth: number): void {
  switch (entry.kind) {
    case Kind.BYTES: {
      const bytes = content as Uint8Array
      if (omitDefault && bytes.length === 0) return
      writer.bytes(bytes)
      writer.varint(bytes.length)
      break
    }
    case Kind.STRING: {
      const text = content as string
      if (omitDefault && text === '') return
      writeString(text)
      break
    }
    case Kind.MESSAGE: {
      const before = writer.length
      writeFields(entry.table, content as Readonly<Record<string, unknown>>, depth + 1)
      writer.varint(writer.length - before)
      break
    }
    default: {
      const number = numberOf(entry, content)
      if (omitDefault && number === 0) return
      writer.varint(number)
    }
  }
  writer.varint((entry.number << 3) | entry.wire)
}

function writeString(text: string): void {
  const before = writer.length
  if (!writer.ascii(text)) writer.bytes(encodeUtf8(text))
  writer.varint(writer.length - before)
}

function numberOf(entry: Entry, content: unknown): number {
  const value = Number(content)
  const [least, greatest] = RANGES[entry.kind] ?? [0, 0]
  if (!Number.isSafeInteger(value) || value < least || value > greatest) {
    throw new WireError('OUT_OF_RANGE', `${entry.path}: ${String(content)} is no integer from ${least} to ${greatest}`)
  }
  return value
}

const RANGES: Partial<Record<Kind, readonly [number, number]>> = {
  [Kind.BOOL]: [0, 1],
  [Kind.INT32]: [-0x8000_0000, 0x7fff_ffff],
  [Kind.UINT32]: [0, 0xffff_ffff],
  [Kind.INT64]: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  [Kind.UINT64]: [0, Number.MAX_SAFE_INTEGER],
}
