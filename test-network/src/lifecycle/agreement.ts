import type { Channel } from '../channel/index.js'
import type { CommittedDefinition } from '../consortium/index.js'
import type { StateSnapshot } from '../ledger/index.js'
import { approvalName, parametersStructure, type Definition } from './definition.js'
import { mismatches, readField } from './serializer.js'
import { committedApprovals } from './state.js'

/**
 * Whether an organisation has approved a definition, by the state alone, and with which package.
 * @returns the package's id, '' where it approved without one or its peer lacks the value; undefined without approval
 */
export async function approvedPackage(
  state: StateSnapshot,
  mspId: string,
  definition: Definition,
): Promise<string | undefined> {
  const approvals = committedApprovals(state, mspId)
  const key = approvalName(definition.name, definition.sequence)
  const differing = await mismatches(approvals, 'namespaces', key, parametersStructure(definition))
  if (differing.length > 0) return undefined
  return (await readField(approvals, 'chaincode-sources', key, 'PackageID')).string ?? ''
}

/** A committed definition in the form in which it is approved. */
export function asDefinition({ collections, ...committed }: CommittedDefinition): Definition {
  return {
    ...committed,
    collections: { config: collections.map((one) => ({ staticCollectionConfig: one })) },
  }
}

/** What an organisation's peer may endorse: the definitions of the channel that its own organisation has approved. */
export class Agreements {
  /** Approved once is approved for good, as long as the definition stays: a later approval must say the same. */
  readonly #approved = new WeakSet<CommittedDefinition>()

  constructor(
    private readonly channel: Channel,
    private readonly mspId: string,
  ) {}

  /** As `approvedPackage`, of a definition that is committed. */
  async packageOf(state: StateSnapshot, committed: CommittedDefinition): Promise<string | undefined> {
    if (!this.#approved.has(committed)) {
      const id = await approvedPackage(state, this.mspId, asDefinition(committed))
      if (id !== undefined) this.#approved.add(committed)
      return id
    }
    const key = approvalName(committed.name, committed.sequence)
    return (await readField(committedApprovals(state, this.mspId), 'chaincode-sources', key, 'PackageID')).string ?? ''
  }

  /** The committed definitions that run a package of this organisation, by the package's id; ascending by name. */
  async byPackage(state: StateSnapshot): Promise<Map<string, CommittedDefinition[]>> {
    const found = new Map<string, CommittedDefinition[]>()
    for (const name of await this.channel.definitions.names(state)) {
      const definition = await this.channel.definitions.find(state, name)
      const id = definition && (await this.packageOf(state, definition))
      if (definition && id) found.set(id, [...(found.get(id) ?? []), definition])
    }
    return found
  }
}
