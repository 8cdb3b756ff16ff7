import type { peer } from '@hyperledger/fabric-protos'
import type { Simulator } from '../simulator/index.js'
import type { QueryIterator } from './query.js'

/** Calls another chaincode of the same channel inside the same simulation, and returns its COMPLETED message. */
export type CallChaincode = (name: string, args: Uint8Array[], caller: Invocation) => Promise<Uint8Array>

/** Whether the creator of the proposal may use a collection. Each rejects with the peer's sentence where it may not. */
export interface CollectionAccess {
  /** Looks the chaincode's collections up, as every private read and write does: the transaction has read its definition. */
  lookUp(namespace: string): Promise<void>
  requireRead(namespace: string, collection: string): Promise<void>
  requireWrite(namespace: string, collection: string): Promise<void>
}

/** One call of one chaincode by one organisation's peer: what its requests are answered from. */
export interface InvocationParameters {
  channel: string
  txId: string
  /** The chaincode's name: the namespace that it reads and writes. */
  namespace: string
  args: Uint8Array[]
  isInit: boolean
  signedProposal: InstanceType<typeof peer.SignedProposal>
  simulator: Simulator
  access: CollectionAccess
  call: CallChaincode
}

export interface Invocation extends InvocationParameters {
  /** Keeps an iterator for QUERY_STATE_NEXT; returns its id. */
  addIterator(iterator: QueryIterator): string
  iterator(id: string): QueryIterator | undefined
  closeIterator: (id: string) => void
  closeIterators(): void
}

/** Wraps the parameters with the iterators that the chaincode opens while it runs. */
export function openInvocation(parameters: InvocationParameters): Invocation {
  const iterators = new Map<string, QueryIterator>()
  let opened = 0
  const close = (id: string): void => {
    iterators.get(id)?.close()
    iterators.delete(id)
  }
  return {
    ...parameters,
    addIterator(iterator) {
      opened += 1
      const id = `${parameters.txId}-${String(opened)}`
      iterators.set(id, iterator)
      return id
    },
    iterator: (id) => iterators.get(id),
    closeIterator: close,
    closeIterators() {
      for (const id of [...iterators.keys()]) close(id)
    },
  }
}
