import { ConsortiumError } from '../consortium/index.js'
import type { OrdererFaults } from './orderer-faults.js'
import { Ordering } from './ordering.js'
import { PeerCondition, type PeerFaults } from './peer-faults.js'

/** What tests can make go wrong in a running network. Nothing of it is kept: a network that starts again is sound. */
export interface Faults {
  /** The faults of an organisation's peer. @throws ConsortiumError ORGANIZATION_UNKNOWN where it has none */
  peer(mspId: string): PeerFaults
  /** The faults of an orderer, by its place in the definition, from 0. @throws RangeError */
  orderer(index: number): OrdererFaults
  /** Makes every block come later by this much, ms; 0 is as it was. */
  delayBlocks(milliseconds: number): void
  /** Mends everything: all nodes serve, answer and tell the truth. */
  clear(): Promise<void>
}

/** The switches of one network, and the parts of it that look at them. */
export class NetworkFaults implements Faults {
  readonly ordering: Ordering
  readonly #peers = new Map<string, PeerCondition>()

  constructor(consenters: readonly { mspId: string }[], peers: readonly string[]) {
    this.ordering = new Ordering(consenters)
    for (const mspId of peers) this.#peers.set(mspId, new PeerCondition())
  }

  peer(mspId: string): PeerCondition {
    const peer = this.#peers.get(mspId)
    if (peer) return peer
    throw new ConsortiumError('ORGANIZATION_UNKNOWN', `${mspId} has no peer in this network`)
  }

  orderer(index: number): OrdererFaults {
    const orderer = this.ordering.orderers[index]
    if (orderer) return orderer
    throw new RangeError(`there is no orderer ${String(index)}: they count from 0 to ${String(this.#last)}`)
  }

  delayBlocks(milliseconds: number): void {
    this.ordering.delayBlocks(milliseconds)
  }

  async clear(): Promise<void> {
    this.ordering.delayBlocks(0)
    for (const peer of this.#peers.values()) {
      peer.tellTruth()
      await peer.start()
    }
    for (const orderer of this.ordering.orderers) {
      orderer.answer()
      await orderer.start()
    }
  }

  get #last(): number {
    return this.ordering.orderers.length - 1
  }
}
