import { createRequire } from 'node:module'
import { common, gateway, ledger, msp, orderer, peer } from '@hyperledger/fabric-protos'
import { Kind, Label } from '../../src/codec/field.js'
import type { Message, Plain, Table } from '../../src/codec/message.js'
import * as wire from '../../src/index.js'

/** A message of google-protobuf, driven through its generated accessors. */
interface Other {
  serializeBinary(): Uint8Array
}
type OtherClass = new () => Other
type Module = Record<string, OtherClass | undefined>

const timestamps = createRequire(import.meta.url)('google-protobuf/google/protobuf/timestamp_pb.js') as Module
const modules = [
  timestamps,
  common,
  peer.lifecycle,
  peer,
  msp,
  ledger.rwset,
  ledger.rwset.kvrwset,
  orderer,
  gateway,
] as unknown as Module[]

/** A message of a module by its name; a nested one by the path to it, such as `SignaturePolicy.NOutOf`. */
function nested(module: object, path: string): unknown {
  return path.split('.').reduce<unknown>((outer, name) => outer && Reflect.get(outer, name), module)
}

function isMessage(value: unknown): value is Message<unknown> {
  return typeof value === 'object' && value !== null && 'table' in value
}

/** Every message type of this package. */
export const messageTypes: readonly Message<unknown>[] = Object.values<unknown>(wire).filter(isMessage)

function otherClass(table: Table): OtherClass {
  const found = modules.map((module) => nested(module, table.name)).find(Boolean) as OtherClass | undefined
  if (found === undefined) throw new Error(`fabric-protos has no ${table.name}`)
  return found
}

/** Calls the accessor whose name is `name` but for its case: generated names capitalise in their own way. */
function call(target: object, name: string, ...values: unknown[]): unknown {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(target))
  // `extension` is a word of its own in google-protobuf, so its accessors end with a dollar sign.
  const method = names.find((candidate) => candidate.toLowerCase().replace(/\$$/, '') === name.toLowerCase())
  const accessor: unknown = method === undefined ? undefined : Reflect.get(target, method)
  if (typeof accessor !== 'function') throw new Error(`${target.constructor.name} has no ${name}`)
  return Reflect.apply(accessor, target, values)
}

function convert(table: Table | undefined, value: unknown): unknown {
  return table === undefined ? value : build(table, value as Plain)
}

function build(table: Table, value: Plain): Other {
  const message = new (otherClass(table))()
  for (const entry of table.ascending) {
    const content = value[entry.name]
    const nested = entry.kind === Kind.MESSAGE && entry.label !== Label.MAP ? entry.table : undefined
    if (content === undefined) continue
    if (entry.label === Label.MAP) {
      const map = call(message, `get${entry.name}Map`) as Map<string, unknown>
      const inner = entry.value?.kind === Kind.MESSAGE ? entry.value.table : undefined
      for (const [key, item] of content as Map<string, unknown>) map.set(key, convert(inner, item))
    } else if (entry.label === Label.REPEATED) {
      call(
        message,
        `set${entry.name}List`,
        (content as unknown[]).map((item) => convert(nested, item)),
      )
    } else call(message, `set${entry.name}`, convert(nested, content))
  }
  return message
}

/** Encodes with fabric-protos. */
export function encodeWithFabricProtos(type: Message<unknown>, value: unknown): Uint8Array {
  return build(type.table, value as Plain).serializeBinary()
}
