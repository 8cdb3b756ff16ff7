import {
  compilePolicy,
  decodeLoose,
  SignaturePolicyEnvelope,
  TxValidationCode,
  type ChannelConfig,
  type Evaluator,
  type Identity,
} from '@caizheng/fabric-wire'
import { keyOfHash, tableOf, type ReplayedState, type Table } from '../state/state.js'
import type { Definitions } from './definitions.js'
import { Invalid, type OpenedNamespace, type Results } from './open.js'

/** A key that a transaction writes or describes. */
interface Touched {
  readonly table: Table
  readonly key: string
  /** `undefined` for a key of the public state. */
  readonly collection: string | undefined
  /** Whether its metadata is written, and with it perhaps its policy. */
  readonly describes: boolean
}

/** The keys whose policy a transaction before in the same block has changed; a peer waits for no verdict on reads here. */
export type ChangedPolicies = Set<string>

const NOBODY: Evaluator = { evaluate: () => false }

/**
 * Asks the policies in force before the block: of each key that has one of its own, else of its collection or its chaincode.
 *
 * @throws Invalid `ENDORSEMENT_POLICY_FAILURE`, or `INVALID_CHAINCODE` where a namespace has no definition
 */
export function judgeEndorsements(
  config: ChannelConfig,
  definitions: Definitions,
  state: ReplayedState,
  { chaincode, namespaces }: Results,
  endorsers: readonly Identity[],
  changed: ChangedPolicies,
): void {
  const touched = new Map(namespaces.map((one) => [one.namespace, touchedBy(one)]))
  const written = [...touched].filter(([, keys]) => keys.length > 0).map(([namespace]) => namespace)
  for (const namespace of new Set([chaincode, ...written])) {
    const common = definitions.policy(config, namespace)
    if (common === undefined) throw new Invalid(TxValidationCode.INVALID_CHAINCODE)
    const keys = touched.get(namespace) ?? []
    const needed = new Set<Evaluator>()
    for (const { table, key, collection } of keys) {
      if (changed.has(placeOf(table, key))) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
      const general = collection === undefined ? common : definitions.collectionPolicy(config, namespace, collection)
      if (general === undefined) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
      const own = state.get(table, key)?.metadata?.find(({ name }) => name === 'VALIDATION_PARAMETER')?.value
      needed.add(own?.length ? keyPolicy(own) : general)
    }
    if (needed.size === 0) needed.add(common)
    for (const policy of needed) {
      if (!policy.evaluate(endorsers)) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
    }
  }
  for (const key of [...touched.values()].flat()) if (key.describes) changed.add(placeOf(key.table, key.key))
}

const placeOf = (table: Table, key: string): string => JSON.stringify([table, key])

function touchedBy({ namespace, kv, collections }: OpenedNamespace): Touched[] {
  const table = tableOf(namespace)
  const open = (describes: boolean) => (one: { readonly key: string }) => ({
    table,
    key: one.key,
    collection: undefined,
    describes,
  })
  return [
    ...kv.writes.map(open(false)),
    ...kv.metadataWrites.map(open(true)),
    ...collections.flatMap(({ name, hashed }) => {
      const sealed = (describes: boolean) => (one: { readonly keyHash: Uint8Array }) => ({
        table: tableOf(namespace, name),
        key: keyOfHash(one.keyHash),
        collection: name,
        describes,
      })
      return [...hashed.hashedWrites.map(sealed(false)), ...hashed.metadataWrites.map(sealed(true))]
    }),
  ]
}

function keyPolicy(serialized: Uint8Array): Evaluator {
  try {
    return compilePolicy(decodeLoose(SignaturePolicyEnvelope, serialized))
  } catch {
    return NOBODY
  }
}
