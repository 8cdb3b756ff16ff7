import {
  ChaincodeDefinition,
  decodeLoose,
  encode,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
  toHex,
} from '@caizheng/fabric-wire'
import { LIFECYCLE_NAMESPACE, lifecycleKeys, lifecycleState, type ChaincodeSpecification } from '../consortium/index.js'
import { failure, success, type SystemCall, type SystemChaincode } from './system-chaincode.js'

/**
 * The definitions that one organisation has approved, by the bytes of the commit's arguments. A peer endorses the
 * commit of no other definition, so that a client can't define a chaincode by asking the peers nicely.
 */
export type Approvals = Map<string, ChaincodeSpecification>

/** The key under which an organisation keeps its approval. */
export function approvalKey(argument: Uint8Array): string {
  return toHex(argument)
}

/** The lifecycle chaincode of one organisation's peer: commits approved definitions and tells of committed ones. */
export function lifecycle(approvals: Approvals): SystemChaincode {
  return {
    readsLedgerOnly: false,
    async invoke(call) {
      const [name, argument = new Uint8Array()] = call.proposal.args
      const requested = Buffer.from(name ?? []).toString()
      try {
        if (requested === 'CommitChaincodeDefinition') return success(await commit(call, argument, approvals))
        if (requested === 'QueryChaincodeDefinition') return success(await query(call, argument))
      } catch (error) {
        return failure(error instanceof Error ? error.message : String(error))
      }
      return failure(`the embedded network has no lifecycle function '${requested}'`)
    },
  }
}

async function commit({ simulator }: SystemCall, argument: Uint8Array, approvals: Approvals): Promise<Uint8Array> {
  const approved = approvals.get(approvalKey(argument))
  const { name, sequence } = decodeLoose(ChaincodeDefinition, argument)
  if (!approved)
    throw new Error(`chaincode definition for '${name}' at sequence ${String(sequence)} is not agreed to by this org`)
  const current = new Map<string, Uint8Array>()
  for (const key of lifecycleKeys(name)) {
    const value = await simulator.get(LIFECYCLE_NAMESPACE, key)
    if (value) current.set(key, value)
  }
  for (const { key, value } of lifecycleState(approved, current)) {
    await simulator.put(LIFECYCLE_NAMESPACE, key, value)
  }
  return new Uint8Array()
}

async function query({ channel, simulator }: SystemCall, argument: Uint8Array): Promise<Uint8Array> {
  const { name } = decodeLoose(QueryChaincodeDefinitionArgs, argument)
  const definition = await channel.definitions.find(simulator.state, name)
  if (!definition) throw new Error(`namespace ${name} is not defined`)
  return encode(QueryChaincodeDefinitionResult, {
    ...definition,
    collections: { config: definition.collections.map((one) => ({ staticCollectionConfig: one })) },
  })
}
