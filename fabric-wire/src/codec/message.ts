import { WireError } from '../errors.js'
import { Kind, Label, type Field, type FieldType } from './field.js'

declare const type: unique symbol

/** A message type: a name and a table of fields. `T` is what decoding gives. */
export interface Message<T> {
  readonly name: string
  /** The compiled table; for the codec only. */
  readonly table: Table
  readonly [type]?: T
}

/** The decoded form of a message type: `type Envelope = Infer<typeof Envelope>`. */
export type Infer<M> = M extends Message<infer T> ? T : never

/** What `encode` takes: the decoded form with every field optional, at each depth. */
export type Init<T> = T extends Uint8Array
  ? T
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, Init<V>>
    : T extends (infer U)[]
      ? readonly Init<U>[]
      : T extends object
        ? { readonly [K in keyof T]?: Init<T[K]> | undefined }
        : T

type Fields = Readonly<Record<string, Field<unknown>>>

/** A decoded message without its type. */
export type Plain = Record<string, unknown>

const EMPTY = new Uint8Array(0)

/** A field as the hot loops read it: flat, one shape for all kinds. */
export class Entry {
  readonly wire: 0 | 2
  readonly number: number
  readonly kind: Kind
  readonly label: Label
  readonly many: boolean
  readonly fallback: unknown
  /** Which oneof it belongs to, as a bit; 0 for none. */
  oneof = 0
  private resolved: Table | undefined
  readonly value: Entry | undefined

  constructor(
    readonly name: string,
    readonly path: string,
    private readonly field: Field<unknown>,
  ) {
    this.number = field.number
    this.kind = field.kind
    this.label = field.label
    this.many = field.label === Label.REPEATED || field.label === Label.MAP
    this.wire = field.kind === Kind.BYTES || field.kind === Kind.STRING || field.kind === Kind.MESSAGE ? 2 : 0
    this.fallback = field.label === Label.IMPLICIT ? scalarDefault(field.kind) : undefined
    this.value = field.value === undefined ? undefined : new Entry('value', `${path}.value`, field.value)
    if (field.label === Label.REPEATED && this.wire === 0)
      throw new TypeError(`${path}: packed fields are not supported`)
  }

  /** The table of an embedded message, resolved late because messages refer to themselves. */
  get table(): Table {
    if (this.resolved === undefined) {
      if (this.field.message === undefined) throw new TypeError(`${this.path} is not a message`)
      this.resolved = this.field.message().table
    }
    return this.resolved
  }

  fail(reason: string): never {
    throw new WireError('MALFORMED', `${this.path}: ${reason}`)
  }
}

function scalarDefault(kind: Kind): unknown {
  switch (kind) {
    case Kind.BYTES:
      return EMPTY
    case Kind.STRING:
      return ''
    case Kind.BOOL:
      return false
    case Kind.MESSAGE:
      return undefined
    default:
      return 0
  }
}

/** The fields of one message: ascending for encoding, by number for decoding. */
export class Table {
  readonly ascending: readonly Entry[]
  readonly byNumber: readonly (Entry | undefined)[]
  private readonly defaults: Plain
  private readonly fresh: readonly Entry[]

  constructor(
    readonly name: string,
    fields: Fields,
    oneofs: readonly (readonly string[])[],
  ) {
    const entries = Object.entries(fields).map(([key, field]) => new Entry(key, `${name}.${key}`, field))
    oneofs.forEach((names, index) => {
      for (const entry of entries) if (names.includes(entry.name)) entry.oneof = 1 << index
    })
    this.ascending = [...entries].sort((a, b) => a.number - b.number)
    const byNumber: (Entry | undefined)[] = new Array<undefined>((this.ascending.at(-1)?.number ?? 0) + 1).fill(
      undefined,
    )
    for (const entry of entries) byNumber[entry.number] = entry
    this.byNumber = byNumber
    this.defaults = Object.fromEntries(entries.map((entry) => [entry.name, entry.fallback]))
    this.fresh = entries.filter((entry) => entry.many)
  }

  /** A message with every field at its default; always the same hidden class. */
  blank(): Plain {
    const out = { ...this.defaults }
    for (const entry of this.fresh) out[entry.name] = entry.label === Label.MAP ? new Map() : []
    return out
  }

  fail(reason: string): never {
    throw new WireError('MALFORMED', `${this.name}: ${reason}`)
  }
}

/**
 * Declares a message type.
 *
 * @param name its protobuf name, used in error messages
 * @param fields the fields by their names
 * @param oneofs groups of field names of which at most one is set
 * @example
 * const Envelope = message('Envelope', { payload: bytes(1), signature: bytes(2) })
 * type Envelope = Infer<typeof Envelope>
 */
export function message<F extends Fields>(
  name: string,
  fields: F,
  ...oneofs: readonly (readonly (keyof F & string)[])[]
): Message<{ [K in keyof F]: FieldType<F[K]> }> {
  return { name, table: new Table(name, fields, oneofs) }
}
