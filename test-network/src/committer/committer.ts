import { TxValidationCode, type Block, type ChannelConfig, type Identity } from '@caizheng/fabric-wire'
import { validateConfig, type Channel } from '../channel/index.js'
import type { Receiver } from '../endorser/index.js'
import type { Candidate, CommittedBlock, OrganizationPrivateWrites, StateSnapshot } from '../ledger/index.js'
import { judgeEndorsements, notePolicyChanges, validEndorsers, type ChangedPolicies } from './endorsements.js'
import { openEnvelope, openResults, type OpenedTransaction, type TransactionResults } from './envelope.js'
import { Invalid } from './invalid.js'
import { privateWritesOf } from './private-writes.js'

/** Validates ordered blocks as every peer of the channel would, and commits them. */
export class Committer {
  /** `peers`: those that keep private data, one for each node organisation; without any, the hashes alone are kept. */
  constructor(
    private readonly channel: Channel,
    private readonly peers: readonly Receiver[] = [],
  ) {}

  /**
   * Gives each transaction of the block its verdict and commits the block with them. One call at a time. A configuration
   * that the block brings comes in force with it.
   * @throws ConfigError for a configuration that does not follow from the one in force: as a peer, it goes no further then
   */
  async commit(block: Block): Promise<CommittedBlock> {
    const state = this.channel.ledger.snapshot()
    try {
      const validation = new BlockValidation(this.channel, state, this.peers)
      const opened = await Promise.all(block.data.map((envelope) => open(this.channel, envelope)))
      const candidates: Candidate[] = []
      for (const transaction of opened) candidates.push(await validation.next(transaction))
      if (validation.configuration) this.channel.adoptWith(block.header.number, validation.configuration)
      return await this.channel.ledger.commit(block, candidates)
    } finally {
      await state.close()
    }
  }
}

/** A transaction of a block, taken apart, and those of its endorsers whose signatures are right. */
interface Opened {
  readonly transaction: OpenedTransaction
  readonly endorsers: Promise<Identity[]>
}

/** A configuration, which stands alone in its block. */
type OpenedConfiguration = Extract<Awaited<ReturnType<typeof openEnvelope>>, { config: unknown }>

/**
 * What of a transaction's verdict depends on itself alone. All of a block are opened at once, so that the thread pool
 * has the signatures of all of them to verify, and doesn't fall asleep between one transaction and the next.
 */
async function open(channel: Channel, envelope: Uint8Array): Promise<Opened | OpenedConfiguration | Invalid> {
  try {
    const transaction = await openEnvelope(channel, envelope)
    if ('config' in transaction) return transaction
    return { transaction, endorsers: validEndorsers(channel, transaction) }
  } catch (error) {
    if (error instanceof Invalid) return error
    throw error
  }
}

/** What the verdict on a transaction may depend on besides the state: the transactions before it in its block. */
class BlockValidation {
  readonly #changed: ChangedPolicies = new Set()
  readonly #txIds = new Set<string>()
  /** What the block makes of the channel's configuration; undefined where it leaves it. */
  configuration: ChannelConfig | undefined

  constructor(
    private readonly channel: Channel,
    private readonly state: StateSnapshot,
    private readonly peers: readonly Receiver[],
  ) {}

  async next(opened: Opened | OpenedConfiguration | Invalid): Promise<Candidate> {
    if (opened instanceof Invalid) return { txId: '', code: opened.code }
    if ('config' in opened) return this.#configure(opened)
    const { transaction } = opened
    const { txId, timestamp } = transaction
    let results: TransactionResults
    try {
      results = await this.#judge(opened)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return { txId, code: error.code, timestamp, privateWrites: await this.#privateWritesOfInvalid(transaction) }
    }
    const privateWrites = await this.#privateWrites(transaction, results)
    return { txId, code: TxValidationCode.VALID, timestamp, rwset: { namespaces: results.readWriteSet }, privateWrites }
  }

  async #configure({ config, txId, timestamp }: OpenedConfiguration): Promise<Candidate> {
    try {
      this.configuration = await validateConfig(this.channel, config)
      return { txId, code: TxValidationCode.VALID, timestamp }
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return { txId: '', code: error.code }
    }
  }

  #privateWrites(
    { txId }: OpenedTransaction,
    { readWriteSet }: TransactionResults,
  ): Promise<OrganizationPrivateWrites[]> {
    return privateWritesOf(this.channel, this.state, this.peers, txId, readWriteSet)
  }

  /** What an invalid transaction was to write is kept with the block, as far as it can be read. */
  async #privateWritesOfInvalid(transaction: OpenedTransaction): Promise<OrganizationPrivateWrites[]> {
    let results: TransactionResults
    try {
      results = openResults(transaction)
    } catch {
      return []
    }
    return this.#privateWrites(transaction, results)
  }

  async #judge({ transaction: opened, endorsers }: Opened): Promise<TransactionResults> {
    const { txId } = opened
    if (await this.channel.ledger.transaction(txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
    const transaction = { ...opened, ...openResults(opened) }
    await judgeEndorsements(this.channel, this.state, transaction, await endorsers, this.#changed)
    notePolicyChanges(transaction, this.#changed)
    // Only a transaction that was otherwise valid takes its id away from later ones of the block.
    if (this.#txIds.has(txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
    this.#txIds.add(txId)
    return transaction
  }
}
