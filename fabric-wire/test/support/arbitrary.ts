import fc from 'fast-check'
import type { Entry, Message, Plain, Table } from '../../src/codec/message.js'
import { Kind, Label } from '../../src/codec/field.js'

const bytes = fc.uint8Array({ maxLength: 40 })
const text = fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 50 }))
// Plain ASCII: other encoders sort other keys by UTF-16.
const key = fc.string({ unit: 'binary-ascii', maxLength: 6 })

function scalar(kind: Kind): fc.Arbitrary<unknown> {
  switch (kind) {
    case Kind.BYTES:
      return bytes
    case Kind.STRING:
      return text
    case Kind.BOOL:
      return fc.boolean()
    case Kind.INT32:
      return fc.oneof(fc.constantFrom(0, -1, 0x7fff_ffff, -0x8000_0000), fc.integer())
    case Kind.UINT32:
      return fc.oneof(fc.constantFrom(0, 127, 128, 0xffff_ffff), fc.nat(0xffff_ffff))
    case Kind.INT64:
      return fc.oneof(fc.constantFrom(0, -1, Number.MIN_SAFE_INTEGER), fc.maxSafeInteger())
    default:
      return fc.oneof(fc.constantFrom(0, 0x1_0000_0000, Number.MAX_SAFE_INTEGER), fc.maxSafeNat())
  }
}

function value(entry: Entry, depth: number): fc.Arbitrary<unknown> {
  return entry.kind === Kind.MESSAGE ? plain(entry.table, depth - 1) : scalar(entry.kind)
}

function field(entry: Entry, depth: number): fc.Arbitrary<unknown> {
  const deep = entry.kind === Kind.MESSAGE && depth <= 0
  if (entry.label === Label.MAP) {
    const of = entry.value
    if (of === undefined || (of.kind === Kind.MESSAGE && depth <= 0)) return fc.constant(new Map())
    return fc.array(fc.tuple(key, value(of, depth)), { maxLength: 3 }).map((pairs) => new Map(pairs))
  }
  if (entry.label === Label.REPEATED) return deep ? fc.constant([]) : fc.array(value(entry, depth), { maxLength: 3 })
  if (entry.kind === Kind.MESSAGE) {
    return deep ? fc.constant(undefined) : fc.option(value(entry, depth), { nil: undefined })
  }
  return entry.label === Label.EXPLICIT ? fc.option(scalar(entry.kind), { nil: undefined }) : scalar(entry.kind)
}

function plain(table: Table, depth: number): fc.Arbitrary<Plain> {
  const members = table.ascending.filter(({ oneof }) => oneof !== 0)
  return fc
    .tuple(
      fc.record(Object.fromEntries(table.ascending.map((entry) => [entry.name, field(entry, depth)])), {
        noNullPrototype: true,
      }),
      fc.nat(Math.max(0, members.length - 1)),
    )
    .map(([record, chosen]) => {
      members.forEach((entry, index) => {
        if (index !== chosen) record[entry.name] = undefined
      })
      return record
    })
}

/** Every value of a message type, to some depth. */
export function messageOf<T>(type: Message<T>, depth = 3): fc.Arbitrary<T> {
  // The record is made from the same table as T.
  return plain(type.table, depth) as fc.Arbitrary<T>
}
