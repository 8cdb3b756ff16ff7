/** Numbers from 0 to below 1. */
export type Random = () => number

/** A cheap generator (mulberry32): the same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Field {
  tag: number
  wire: number
  /** The bytes behind the tag; of wire type 2 without the length. */
  value: Uint8Array
}

/** Numbers at which readers stumble, as varints: zero, minus one, the largest, a 32 bit too many, one that never ends. */
const VARINTS = [
  '00',
  '01',
  'ffffffffffffffffff01',
  'ffffffffffffffff7f',
  '8080808010',
  'ffffffff07',
  'ffffffffffffffffffffff',
]

/**
 * Changes a serialized message in one place, anywhere in the tree of its nested messages, without knowing its type:
 * fields dropped, doubled, moved, cut, filled, of another wire type, with other lengths, in place of each other.
 */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const fields = bytes.length > 0 && random() > 0.05 ? parse(bytes) : undefined
  if (!fields) return mutateBytes(bytes, random)
  const at = Math.floor(random() * fields.length)
  const field = fields[at]
  if (!field) return mutateBytes(bytes, random)
  if (field.wire === 2 && field.value.length > 0 && random() < 0.7) {
    fields[at] = { ...field, value: mutate(field.value, random) }
    return serialize(fields)
  }
  const other = fields[Math.floor(random() * fields.length)] ?? field
  switch (Math.floor(random() * 10)) {
    case 0:
      fields.splice(at, 1)
      break
    case 1:
      fields.splice(at, 0, field)
      break
    case 2:
      fields.push(...fields.splice(at, 1))
      break
    case 3:
      fields[at] = { ...field, value: other.value, wire: other.wire }
      break
    case 4:
      fields[at] = { ...field, tag: 1 + Math.floor(random() * 20) }
      break
    case 5:
      fields[at] = { ...field, wire: Math.floor(random() * 8) }
      break
    case 6:
      fields[at] = { ...field, wire: 0, value: hex(VARINTS[Math.floor(random() * VARINTS.length)] ?? '') }
      break
    case 7: {
      // A length that promises more than there is
      const length = hex(VARINTS[Math.floor(random() * VARINTS.length)] ?? '')
      return Buffer.concat([serialize(fields.slice(0, at)), varint((field.tag << 3) | 2), length, field.value])
    }
    case 8:
      fields[at] = { ...field, value: new Uint8Array() }
      break
    default:
      fields[at] = { ...field, value: mutateBytes(field.value, random) }
  }
  return serialize(fields)
}

/** Changes bytes without regard to what they mean. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Buffer.from(bytes)
  const at = Math.floor(random() * (copy.length + 1))
  switch (Math.floor(random() * 5)) {
    case 0:
      return copy.subarray(0, at)
    case 1:
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      return copy
    case 2:
      return Buffer.concat([copy.subarray(0, at), noise(1 + random() * 16, random), copy.subarray(at)])
    case 3:
      return noise(random() * 64, random)
    default:
      return Buffer.concat([copy, copy])
  }
}

export function noise(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length: Math.floor(length) }, () => Math.floor(random() * 256)))
}

/** The fields of a message; undefined where the bytes are none. */
function parse(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = []
  let at = 0
  const number = (): number | undefined => {
    let value = 0
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = bytes[at]
      if (byte === undefined) return undefined
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return undefined
  }
  while (at < bytes.length) {
    const key = number()
    if (key === undefined || key < 8) return undefined
    const [tag, wire] = [Math.floor(key / 8), key & 7]
    const start = at
    if (wire === 0) {
      while ((bytes[at] ?? 0) >= 0x80) at += 1
      at += 1
    } else if (wire === 1) at += 8
    else if (wire === 5) at += 4
    else if (wire === 2) {
      const length = number()
      if (length === undefined || at + length > bytes.length) return undefined
      fields.push({ tag, wire, value: bytes.subarray(at, at + length) })
      at += length
      continue
    } else return undefined
    if (at > bytes.length) return undefined
    fields.push({ tag, wire, value: bytes.subarray(start, at) })
  }
  return fields
}

function serialize(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.flatMap(({ tag, wire, value }) => {
      const key = varint(tag * 8 + wire)
      return wire === 2 ? [key, varint(value.length), value] : [key, value]
    }),
  )
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left])
    bytes.push((left % 128) | 0x80)
  }
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
