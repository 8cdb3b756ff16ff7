import type { TrustedDefinition } from '@caizheng/evidence'
import { LIFECYCLE_NAMESPACE, readChaincodeDefinition, sequenceKey, type TestNetwork } from '@caizheng/test-network'

/**
 * The committed definition of a chaincode and the place in the chain where it was committed: each endorsement reads
 * that key, so the place stands in every receipt.
 *
 * @throws Error where the channel has no chaincode of this name
 */
export async function definitionOf({ channel, ledger }: TestNetwork, name: string): Promise<TrustedDefinition> {
  const state = ledger.snapshot()
  try {
    const read = (key: string) => state.get(LIFECYCLE_NAMESPACE, key)
    const definition = await readChaincodeDefinition(name, async (key) => (await read(key))?.value)
    const committed = (await read(sequenceKey(name)))?.version
    if (definition === undefined || committed === undefined) throw new Error(`${channel} has no chaincode ${name}`)
    const { version, sequence } = definition
    return { name, version, sequence, committed: { block: committed.blockNum, transaction: committed.txNum } }
  } finally {
    await state.close()
  }
}
