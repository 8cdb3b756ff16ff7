import { approvalName, parametersStructure, withDefaults, type Definition } from './definition.js'
import { currentSequence } from './approve.js'
import { mismatches } from './serializer.js'
import type { HashedState, ReadableState } from './state.js'

/** Which organisations have approved a definition, and in what the approvals of the others differ; by MSP id. */
export interface Readiness {
  readonly approvals: Map<string, boolean>
  readonly mismatches: Map<string, { items: string[] }>
}

/** Compares each organisation's approval with a definition, by hashes. */
export async function organizationApprovals(
  definition: Definition,
  organizations: ReadonlyMap<string, HashedState>,
): Promise<Readiness> {
  const approvals = new Map<string, boolean>()
  const differing = new Map<string, { items: string[] }>()
  const key = approvalName(definition.name, definition.sequence)
  const structure = parametersStructure(definition)
  // In one order, so that all endorsers answer with the same bytes
  for (const [mspId, state] of [...organizations].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const items = await mismatches(state, 'namespaces', key, structure)
    approvals.set(mspId, items.length === 0)
    if (items.length > 0) differing.set(mspId, { items })
  }
  return { approvals, mismatches: differing }
}

/**
 * Which organisations have approved what is to be the next definition.
 * @returns the definition with the defaults that it left out, too
 * @throws Error where its sequence is not the next one
 */
export async function commitReadiness(
  asked: Definition,
  channelState: ReadableState,
  organizations: ReadonlyMap<string, HashedState>,
): Promise<Readiness & { definition: Definition }> {
  const next = (await currentSequence(channelState, asked.name)) + 1
  if (asked.sequence !== next) {
    throw new Error(
      `requested sequence is ${String(asked.sequence)}, but new definition must be sequence ${String(next)}`,
    )
  }
  const definition = withDefaults(asked)
  return { definition, ...(await organizationApprovals(definition, organizations)) }
}
