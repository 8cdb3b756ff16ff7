import {
  approvalName,
  definitionStructure,
  difference,
  packageStructure,
  parametersStructure,
  readParameters,
  withDefaults,
  type Definition,
} from './definition.js'
import { readField, readMetadata, serialize } from './serializer.js'
import type { ReadableState, WritableState } from './state.js'

/**
 * Writes an organisation's approval: of the next sequence, or of the present one where the definition is the same and
 * only the package is another.
 *
 * @param packageId '' where the organisation agrees without running the chaincode
 * @throws Error in a peer's words
 */
export async function approve(
  asked: Definition,
  packageId: string,
  channelState: ReadableState,
  ownState: WritableState,
): Promise<void> {
  const { name, sequence } = asked
  const current = await currentSequence(channelState, name)
  if (sequence === 0 && current === 0) {
    throw new Error('requested sequence is 0, but first definable sequence number is 1')
  }
  if (sequence < current) {
    throw new Error(
      `currently defined sequence ${String(current)} is larger than requested sequence ${String(sequence)}`,
    )
  }
  if (sequence > current + 1) {
    throw new Error(
      `requested sequence ${String(sequence)} is larger than the next available sequence number ${String(current + 1)}`,
    )
  }
  const definition = withDefaults(asked)
  if (sequence === current) await requireSame(definition, channelState)
  if (await isApproved(definition, packageId, ownState)) {
    throw new Error(
      sequence === current
        ? `attempted to redefine the current committed sequence (${String(current)}) for namespace ${name}`
        : `attempted to redefine uncommitted sequence (${String(sequence)}) for namespace ${name} with unchanged content`,
    )
  }
  const key = approvalName(name, sequence)
  await serialize(ownState, 'namespaces', key, parametersStructure(definition))
  await serialize(ownState, 'chaincode-sources', key, packageStructure(packageId))
}

export async function currentSequence(channelState: ReadableState, name: string): Promise<number> {
  return (await readField(channelState, 'namespaces', name, 'Sequence')).int64 ?? 0
}

async function requireSame(definition: Definition, channelState: ReadableState): Promise<void> {
  const { name, sequence } = definition
  const metadata = await readMetadata(channelState, 'namespaces', name)
  if (!metadata) {
    throw new Error(`missing metadata for currently committed sequence number (${String(sequence)})`)
  }
  await currentSequence(channelState, name)
  const differs = difference(await readParameters(channelState, name), definition)
  if (differs === undefined) return
  throw new Error(
    `attempted to redefine the current committed sequence (${String(sequence)}) for namespace ${name} with different parameters: ${differs}`,
  )
}

async function isApproved(definition: Definition, packageId: string, ownState: ReadableState): Promise<boolean> {
  const key = approvalName(definition.name, definition.sequence)
  if (!(await readMetadata(ownState, 'namespaces', key))) return false
  if (difference(await readParameters(ownState, key), definition) !== undefined) return false
  if (!(await readMetadata(ownState, 'chaincode-sources', key))) return false
  return ((await readField(ownState, 'chaincode-sources', key, 'PackageID')).string ?? '') === packageId
}

/** Writes a definition into the public state: only what changes. */
export async function define(definition: Definition, channelState: WritableState): Promise<void> {
  await serialize(channelState, 'namespaces', definition.name, definitionStructure(definition))
}
