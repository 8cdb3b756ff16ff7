import { TxValidationCode, type Block } from '@caizheng/fabric-wire'
import type { Channel } from '../channel/index.js'
import type { Candidate, CommittedBlock, StateSnapshot } from '../ledger/index.js'
import { judgeEndorsements, notePolicyChanges, type ChangedPolicies } from './endorsements.js'
import { openEnvelope, openResults, type OpenedTransaction, type TransactionResults } from './envelope.js'
import { Invalid } from './invalid.js'

/** Validates ordered blocks as every peer of the channel would, and commits them. */
export class Committer {
  constructor(private readonly channel: Channel) {}

  /** Gives each transaction of the block its verdict and commits the block with them. One call at a time. */
  async commit(block: Block): Promise<CommittedBlock> {
    const state = this.channel.ledger.snapshot()
    try {
      const validation = new BlockValidation(this.channel, state)
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
  ) {}

  async next(envelope: Uint8Array): Promise<Candidate> {
    let transaction: OpenedTransaction | undefined
    let results: TransactionResults
    try {
      transaction = await openEnvelope(this.channel, envelope)
      results = await this.#judge(transaction)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return { txId: transaction?.txId ?? '', code: error.code, timestamp: transaction?.timestamp }
    }
    const { txId, timestamp } = transaction
    return { txId, code: TxValidationCode.VALID, timestamp, rwset: { namespaces: results.readWriteSet } }
  }

  async #judge(opened: OpenedTransaction): Promise<TransactionResults> {
    const { txId } = opened
    if (await this.channel.ledger.transaction(txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
    const transaction = { ...opened, ...openResults(opened) }
    await judgeEndorsements(this.channel, this.state, transaction, this.#changed)
    notePolicyChanges(transaction, this.#changed)
    // Only a transaction that was otherwise valid takes its id away from later ones of the block.
    if (this.#txIds.has(txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
    this.#txIds.add(txId)
    return transaction
  }
}
