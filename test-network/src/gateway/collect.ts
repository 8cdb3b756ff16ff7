import { equalBytes } from '@caizheng/fabric-wire'
import type { Endorsed, EndorserResult, OpenedProposal } from '../endorser/index.js'
import type { ErrorDetail } from '../rpc/index.js'
import type { Layout } from './layouts.js'
import type { PeerNode } from './peers.js'

/** A peer's answer that counts towards a layout. */
export type Endorsement = Endorsed & Required<Pick<Endorsed, 'endorsement'>>

/**
 * Collects the endorsements of one proposal, layout by layout, and never asks a peer twice. All must carry the same
 * bytes: a contract whose result differs between organisations is found out here.
 */
export class EndorsementCollector {
  readonly details: ErrorDetail[] = []
  readonly #collected = new Map<string, Endorsement>()
  readonly #failed = new Set<string>()
  #payload: Uint8Array | undefined

  constructor(
    private readonly proposal: OpenedProposal,
    private readonly peers: ReadonlyMap<string, PeerNode>,
  ) {}

  /** The endorsements of the first layout that can be completed; undefined when none can. */
  async satisfy(layouts: readonly Layout[]): Promise<Endorsement[] | undefined> {
    for (const layout of layouts) {
      if ([...layout].some((mspId) => this.#failed.has(mspId))) continue
      const missing = [...layout].filter((mspId) => !this.#collected.has(mspId))
      await Promise.all(missing.map((mspId) => this.ask(mspId)))
      const endorsements = [...layout].flatMap((mspId) => this.#collected.get(mspId) ?? [])
      if (endorsements.length === layout.size) return endorsements
    }
    return undefined
  }

  /** Asks one organisation's peer; undefined when it did not endorse, or not the same result as the others. */
  async ask(mspId: string): Promise<Endorsement | undefined> {
    const peer = this.peers.get(mspId)
    if (!peer) {
      this.#failed.add(mspId)
      return undefined
    }
    const result = await peer.endorser.process(this.proposal)
    const reason = this.#accept(mspId, result)
    if (reason !== undefined) {
      this.#failed.add(mspId)
      this.details.push({ address: peer.address, mspId, message: reason })
    }
    return this.#collected.get(mspId)
  }

  /** Takes the result in; returns why it can't be. */
  #accept(mspId: string, result: EndorserResult): string | undefined {
    if (result.kind !== 'response') return result.message
    if (!isEndorsed(result)) return chaincodeError(result)
    this.#payload ??= result.payload
    if (!equalBytes(this.#payload, result.payload)) return 'ProposalResponsePayloads do not match'
    this.#collected.set(mspId, result)
    return undefined
  }
}

function isEndorsed(result: Endorsed): result is Endorsement {
  return result.endorsement !== undefined
}

/** How Fabric words a chaincode's own error response. */
export function chaincodeError({ response }: Endorsed): string {
  return `chaincode response ${String(response.status)}, ${response.message}`
}
