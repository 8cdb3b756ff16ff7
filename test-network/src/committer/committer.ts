import { TxValidationCode, type Block } from '@caizheng/fabric-wire'
import type { Channel } from '../channel/index.js'
import type { Receiver } from '../endorser/index.js'
import type { Candidate, CommittedBlock, OrganizationPrivateWrites, StateSnapshot } from '../ledger/index.js'
import { judgeEndorsements, notePolicyChanges, type ChangedPolicies } from './endorsements.js'
import { openEnvelope, type EndorsedTransaction } from './envelope.js'
import { Invalid } from './invalid.js'
import { privateWritesOf } from './private-writes.js'

/** Validates ordered blocks as every peer of the channel would, and commits them. */
export class Committer {
  /** `peers`: those that keep private data, one for each node organisation. */
  constructor(
    private readonly channel: Channel,
    private readonly peers: readonly Receiver[],
  ) {}

  /** Gives each transaction of the block its verdict and commits the block with them. One call at a time. */
  async commit(block: Block): Promise<CommittedBlock> {
    const state = this.channel.ledger.snapshot()
    try {
      const validation = new BlockValidation(this.channel, state, this.peers)
      const candidates: Candidate[] = []
      for (const envelope of block.data) candidates.push(await validation.next(envelope))
      return await this.channel.ledger.commit(block, candidates)
    } finally {
      await state.close()
    }
  }
}

/** What the verdict on a transaction may depend on besides the state: the transactions before it in its block. */
class BlockValidation {
  readonly #changed: ChangedPolicies = new Set()
  readonly #txIds = new Set<string>()

  constructor(
    private readonly channel: Channel,
    private readonly state: StateSnapshot,
    private readonly peers: readonly Receiver[],
  ) {}

  async next(envelope: Uint8Array): Promise<Candidate> {
    let transaction: EndorsedTransaction | undefined
    try {
      transaction = await openEnvelope(this.channel, envelope)
      await this.#judge(transaction)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      if (!transaction) return { txId: '', code: error.code }
      const { txId, timestamp } = transaction
      return { txId, code: error.code, timestamp, privateWrites: await this.#privateWrites(transaction) }
    }
    const { txId, timestamp, readWriteSet } = transaction
    const privateWrites = await this.#privateWrites(transaction)
    return { txId, code: TxValidationCode.VALID, timestamp, rwset: { namespaces: readWriteSet }, privateWrites }
  }

  #privateWrites({ txId, readWriteSet }: EndorsedTransaction): Promise<OrganizationPrivateWrites[]> {
    return privateWritesOf(this.channel, this.state, this.peers, txId, readWriteSet)
  }

  async #judge(transaction: EndorsedTransaction): Promise<void> {
    const { txId } = transaction
    if (await this.channel.ledger.transaction(txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
    await judgeEndorsements(this.channel, this.state, transaction, this.#changed)
    notePolicyChanges(transaction, this.#changed)
    // Only a transaction that was otherwise valid takes its id away from later ones of the block.
    if (this.#txIds.has(txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
    this.#txIds.add(txId)
  }
}
