import type { ChaincodeSource, Init } from '@caizheng/fabric-wire'
import { LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import type { Simulator } from '../simulator/index.js'
import { currentSequence } from './approve.js'
import { approvalName, readParameters, type Definition } from './definition.js'
import { readField, readMetadata } from './serializer.js'
import { approvalCollection, organizationState, type ReadableState } from './state.js'

/** A definition as an organisation has approved it, and where its peer finds the code. */
export interface Approved {
  readonly definition: Definition
  readonly source: Init<ChaincodeSource>
}

/**
 * Reads an organisation's own approval. Sequence 0 asks for the latest: of the next sequence, or else of the present.
 * @throws Error in a peer's words
 */
export async function approvedDefinition(
  channelId: string,
  asked: { name: string; sequence: number },
  channelState: ReadableState,
  ownState: ReadableState,
): Promise<Approved> {
  const { name } = asked
  let { sequence } = asked
  if (sequence === 0) {
    sequence = await currentSequence(channelState, name)
    if (await readMetadata(ownState, 'namespaces', approvalName(name, sequence + 1))) sequence += 1
  }
  if (!(await readMetadata(ownState, 'namespaces', approvalName(name, sequence)))) {
    throw new Error(
      `could not fetch approved chaincode definition (name: '${name}', sequence: '${String(sequence)}') on channel '${channelId}'`,
    )
  }
  return fetch(name, sequence, ownState)
}

/** All approvals that an organisation has ever given, ascending by their keys. */
export async function allApproved(simulator: Simulator, mspId: string): Promise<Approved[]> {
  const prefix = 'namespaces/metadata/'
  const collection = approvalCollection(mspId)
  const rows = await simulator.private.range(LIFECYCLE_NAMESPACE, collection, prefix, `${prefix}\x7f`)
  const state = organizationState(simulator, mspId)
  const found: Approved[] = []
  for (let row = await rows.next(); row.done !== true; row = await rows.next()) {
    const [name = '', sequence = ''] = row.value.key.slice(prefix.length).split('#')
    found.push(await fetch(name, Number(sequence), state))
  }
  return found
}

async function fetch(name: string, sequence: number, ownState: ReadableState): Promise<Approved> {
  const key = approvalName(name, sequence)
  const definition = { name, sequence, ...(await readParameters(ownState, key)) }
  await readMetadata(ownState, 'chaincode-sources', key)
  const packageId = (await readField(ownState, 'chaincode-sources', key, 'PackageID')).string ?? ''
  return { definition, source: packageId === '' ? { unavailable: {} } : { localPackage: { packageId } } }
}
