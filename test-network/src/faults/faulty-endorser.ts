import type { Endorsing, EndorserIdentity, EndorserResult, OpenedProposal, Purpose } from '../endorser/index.js'
import { falseResponse, falsify } from './lies.js'
import type { PeerCondition } from './peer-faults.js'
import { unreachable } from './unreachable.js'

/** An organisation's peer as it appears to clients and gateways: the true one, unless a fault was switched on. */
export class FaultyEndorser implements Endorsing {
  constructor(
    private readonly endorser: Endorsing,
    private readonly identity: EndorserIdentity,
    private readonly condition: PeerCondition,
  ) {}

  get mspId(): string {
    return this.endorser.mspId
  }

  get serializedIdentity(): Uint8Array {
    return this.endorser.serializedIdentity
  }

  runs(chaincode: string): Promise<boolean> {
    return this.condition.presence === 'noticed' ? Promise.resolve(false) : this.endorser.runs(chaincode)
  }

  async process(proposal: OpenedProposal, purpose: Purpose = 'endorse'): Promise<EndorserResult> {
    if (this.#isDown()) return this.#gone()
    const truth = await this.endorser.process(proposal, purpose)
    if (this.#isDown()) return this.#gone()
    const { currentLie: lie } = this.condition
    if (lie === undefined || truth.kind !== 'response' || !truth.endorsement) return truth
    if (lie !== 'answer') return falsify(truth, lie, this.identity)
    return purpose === 'evaluate' ? { ...truth, response: falseResponse(truth.response) } : truth
  }

  #isDown(): boolean {
    return this.condition.presence !== 'up'
  }

  #gone(): EndorserResult {
    return { kind: 'failed', message: unreachable(this.condition.address), unreachable: true }
  }
}
