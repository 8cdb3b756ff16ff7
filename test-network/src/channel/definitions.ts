import {
  LIFECYCLE_NAMESPACE,
  lifecycleKeys,
  readChaincodeDefinition,
  sequenceKey,
  type CommittedDefinition,
} from '../consortium/index.js'
import type { StateSnapshot, Version, VersionedValue } from '../ledger/index.js'

/** Reads the committed state, whichever height it is of. */
export interface StateReader {
  get(namespace: string, key: string): Promise<VersionedValue | undefined>
}

/** The chaincode definitions of the channel, read from `_lifecycle` and kept while their sequence stays. */
export class Definitions {
  readonly #known = new Map<string, { version: Version; definition: CommittedDefinition }>()

  /** The definition of a chaincode as `state` has it; undefined where the channel has none. */
  async find(state: StateReader, chaincode: string): Promise<CommittedDefinition | undefined> {
    const sequence = await state.get(LIFECYCLE_NAMESPACE, sequenceKey(chaincode))
    if (!sequence) return undefined
    const known = this.#known.get(chaincode)
    if (known && sameVersion(known.version, sequence.version)) return known.definition
    const definition = await readChaincodeDefinition(
      chaincode,
      async (key) => (await state.get(LIFECYCLE_NAMESPACE, key))?.value,
    )
    if (definition) this.#known.set(chaincode, { version: sequence.version, definition })
    return definition
  }

  /** The names of all chaincodes that are defined, ascending. */
  async names(state: Pick<StateSnapshot, 'range'>): Promise<string[]> {
    const names: string[] = []
    for await (const { key } of state.range(LIFECYCLE_NAMESPACE, METADATA, `${METADATA}\x7f`)) {
      names.push(key.slice(METADATA.length))
    }
    return names
  }

  /** Has a transaction read what a peer reads when it looks a definition up: its fields, where there is one. */
  async record(transaction: { get(namespace: string, key: string): Promise<unknown> }, chaincode: string) {
    if (!(await transaction.get(LIFECYCLE_NAMESPACE, METADATA + chaincode))) return
    for (const key of lifecycleKeys(chaincode)) await transaction.get(LIFECYCLE_NAMESPACE, key)
  }
}

const METADATA = 'namespaces/metadata/'

function sameVersion(a: Version, b: Version): boolean {
  return a.blockNum === b.blockNum && a.txNum === b.txNum
}
