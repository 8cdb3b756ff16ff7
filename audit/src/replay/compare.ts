import { ChaincodeEvent, decodeLoose, equalBytes, toHex } from '@caizheng/fabric-wire'
import type { OpenedNamespace, Results } from '../validity/open.js'
import { LIFECYCLE } from '../validity/definitions.js'
import type { NamespaceWrites, Outcome } from './outcome.js'

/** How a key of the block's write set differs from the recomputed one. */
export interface Difference {
  /** `payment/application:A-1`; a collection's keys by their hashes. */
  readonly key: string
  readonly how: 'missing' | 'extra' | 'value' | 'policy'
  /** What the chain holds and what was recomputed, where they are values. */
  readonly chain?: Uint8Array | undefined
  readonly recomputed?: Uint8Array | undefined
}

type Done = Extract<Outcome, { kind: 'done' }>

/** The keys in which a transaction's writes are not those of the run. */
export function compareWrites({ namespaces }: Results, { writes }: Done): Difference[] {
  const names = new Set([...namespaces.map(({ namespace }) => namespace), ...writes.keys()])
  names.delete(LIFECYCLE)
  return [...names].flatMap((name) =>
    compareNamespace(
      name,
      namespaces.find(({ namespace }) => namespace === name),
      writes.get(name),
    ),
  )
}

/** What of the answer and the event is not as in the run. */
export function compareResponse({ action }: Results, { payload, event }: Done): string[] {
  const { response, events } = action
  const different: string[] = []
  if (response?.status !== 200) different.push('status')
  if (!equalBytes(response?.payload ?? new Uint8Array(), payload)) different.push('response')
  const stated = events.length === 0 ? undefined : decodeLoose(ChaincodeEvent, events)
  const same =
    stated === undefined || event === undefined
      ? stated === event
      : stated.eventName === event.name && equalBytes(stated.payload, event.payload)
  return same ? different : [...different, 'event']
}

function compareNamespace(
  name: string,
  chain: OpenedNamespace | undefined,
  run: NamespaceWrites | undefined,
): Difference[] {
  const open = compareMaps(
    new Map(chain?.kv.writes.map(({ key, isDelete, value }) => [key, isDelete ? undefined : value])),
    run?.public ?? new Map<string, undefined>(),
    (key) => `${name}/${key}`,
  )
  const policies = compareMaps(
    new Map(
      chain?.kv.metadataWrites.map(({ key, entries }) => [
        key,
        entries.find(({ name }) => name === 'VALIDATION_PARAMETER')?.value,
      ]),
    ),
    run?.policies ?? new Map<string, undefined>(),
    (key) => `${name}/${key}`,
  ).map((difference) => ({ ...difference, how: 'policy' as const }))
  const collections = new Set([...(chain?.collections.map((one) => one.name) ?? []), ...(run?.sealed.keys() ?? [])])
  const sealed = [...collections].flatMap((collection) => {
    const writes = chain?.collections.find((one) => one.name === collection)?.hashed.hashedWrites ?? []
    return compareMaps(
      new Map(
        writes.map(({ keyHash, isDelete, valueHash, isPurge }) => [
          toHex(keyHash),
          sealedAs(isDelete ? undefined : valueHash, isPurge),
        ]),
      ),
      new Map(
        [...(run?.sealed.get(collection) ?? [])].map(([hash, one]) => [hash, sealedAs(one.valueHash, one.purge)]),
      ),
      (hash) => `${name}/${collection}/${hash}`,
    )
  })
  return [...open, ...policies, ...sealed]
}

/** A purge is a deletion of another kind. */
const sealedAs = (valueHash: Uint8Array | undefined, purge: boolean): Uint8Array | undefined =>
  purge ? Uint8Array.of(1) : valueHash

function compareMaps(
  chain: ReadonlyMap<string, Uint8Array | undefined>,
  run: ReadonlyMap<string, Uint8Array | undefined>,
  nameOf: (key: string) => string,
): Difference[] {
  const found: Difference[] = []
  for (const [key, value] of chain) {
    const recomputed = run.get(key)
    const name = nameOf(key)
    if (!run.has(key)) found.push({ key: name, how: 'extra', chain: value })
    else if (!same(value, recomputed)) found.push({ key: name, how: 'value', chain: value, recomputed })
  }
  for (const [key, recomputed] of run) {
    if (!chain.has(key)) found.push({ key: nameOf(key), how: 'missing', recomputed })
  }
  return found
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return equalBytes(a, b)
}
