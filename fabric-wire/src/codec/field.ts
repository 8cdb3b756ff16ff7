import type { Message } from './message.js'

/** Scalar kinds; the order is of no meaning on the wire. */
export const Kind = {
  BYTES: 0,
  STRING: 1,
  BOOL: 2,
  INT32: 3,
  UINT32: 4,
  INT64: 5,
  UINT64: 6,
  MESSAGE: 7,
} as const
export type Kind = (typeof Kind)[keyof typeof Kind]

/** How often a field may stand, and whether its default value is written. */
export const Label = {
  /** proto3 singular: the default value is not written. */
  IMPLICIT: 0,
  /** A scalar arm of a oneof: written whenever it is set, at its default too. */
  EXPLICIT: 1,
  REPEATED: 2,
  MAP: 3,
} as const
export type Label = (typeof Label)[keyof typeof Label]

declare const type: unique symbol

/** A field of a message; `T` is what decoding gives for it. */
export interface Field<T> {
  readonly number: number
  readonly kind: Kind
  readonly label: Label
  readonly message?: (() => Message<unknown>) | undefined
  /** The value field of a map. */
  readonly value?: Field<unknown> | undefined
  readonly [type]?: T
}

/** What decoding gives for a field. */
export type FieldType<F> = F extends Field<infer T> ? T : never

function scalar<T>(number: number, kind: Kind): Field<T> {
  return { number, kind, label: Label.IMPLICIT }
}

/** `bytes`, a view of the decoded buffer. */
export const bytes = (number: number): Field<Uint8Array> => scalar(number, Kind.BYTES)

/** `string`, well-formed UTF-8. */
export const string = (number: number): Field<string> => scalar(number, Kind.STRING)

/** `bool`. */
export const bool = (number: number): Field<boolean> => scalar(number, Kind.BOOL)

/** `int32`; negative values take ten bytes, as protobuf has it. */
export const int32 = (number: number): Field<number> => scalar(number, Kind.INT32)

/** `uint32`. */
export const uint32 = (number: number): Field<number> => scalar(number, Kind.UINT32)

/** `int64` within JavaScript's safe integers. */
export const int64 = (number: number): Field<number> => scalar(number, Kind.INT64)

/** `uint64` within JavaScript's safe integers: block numbers, sequences and sizes never come near 2^53. */
export const uint64 = (number: number): Field<number> => scalar(number, Kind.UINT64)

/** An enumeration, open as in proto3: any int32. */
export const enumeration = (number: number): Field<number> => scalar(number, Kind.INT32)

/** Another message; give a function where it is declared later or refers to itself. */
export function embedded<T>(number: number, message: Message<T> | (() => Message<T>)): Field<T | undefined> {
  return {
    number,
    kind: Kind.MESSAGE,
    label: Label.IMPLICIT,
    message: typeof message === 'function' ? message : () => message,
  }
}

/** A repeated field of bytes, strings or messages (Fabric has no repeated numbers in the messages read here). */
export function repeated<T>(field: Field<T>): Field<NonNullable<T>[]> {
  return { number: field.number, kind: field.kind, label: Label.REPEATED, message: field.message }
}

/** A scalar arm of a oneof: `undefined` when absent, and written at its default too. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { number: field.number, kind: field.kind, label: Label.EXPLICIT, message: field.message }
}

/** A map with string keys; `value` carries number 2, as protobuf's map entries do: `map(3, bytes(2))`. */
export function map<T>(number: number, value: Field<T>): Field<Map<string, NonNullable<T>>> {
  return { number, kind: Kind.MESSAGE, label: Label.MAP, value }
}
