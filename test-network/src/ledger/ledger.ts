import type { Block } from '@caizheng/fabric-wire'
import type { Ledger } from './api.js'
import { LedgerError } from './errors.js'
import { readHistory } from './history.js'
import { prepareBlock, type Tip } from './prepare.js'
import { readPrivateWrites } from './private/records.js'
import type { TransientStore } from './private/transient.js'
import type { OrganizationPrivateWrites, PrivateWriteSet, StoredPrivateWrites } from './private/types.js'
import { RecentBlocks } from './recent-blocks.js'
import { LevelStateSnapshot } from './state/snapshot.js'
import { StateView } from './state/view.js'
import type { Change, Database } from './store/database.js'
import type { Guard } from './store/guard.js'
import { blockKey, hashKey, transactionKey } from './store/keys.js'
import { decodeNumber, decodeTransaction } from './store/records.js'
import type { Candidate, CommittedBlock, HistoryEntry, StateSnapshot, TransactionPlace } from './types.js'

/** What a ledger stands on. */
export interface LedgerParts {
  readonly channel: string
  readonly database: Database
  readonly guard: Guard
  readonly transients: TransientStore
  readonly tip: Tip
  /** Whether each block waits for the disk. Only a scratch copy does without. */
  readonly sync: boolean
}

export class LevelLedger implements Ledger {
  readonly channel: string
  private readonly database: Database
  private readonly guard: Guard
  private readonly transients: TransientStore
  private readonly sync: boolean
  private current: Tip
  private readonly recent = new RecentBlocks()
  private readonly listeners = new Set<(block: CommittedBlock) => void>()
  private committing: Promise<unknown> | undefined
  private refusal: LedgerError | undefined
  /** The state at the present height, once somebody reads it, and what is known of it before that. */
  private view: StateView | undefined
  private known: ReturnType<StateView['knownAfter']> | undefined

  constructor(parts: LedgerParts) {
    this.channel = parts.channel
    this.database = parts.database
    this.guard = parts.guard
    this.transients = parts.transients
    this.sync = parts.sync
    this.current = parts.tip
  }

  get height(): number {
    return this.current.height
  }

  get tip(): { number: number; hash: Uint8Array } {
    return { number: this.current.height - 1, hash: this.current.hash }
  }

  get commitHash(): Uint8Array {
    return this.current.commitHash
  }

  snapshot(): StateSnapshot {
    this.refuseIfClosed()
    return new LevelStateSnapshot(this.database, this.viewNow())
  }

  async block(number: number): Promise<Uint8Array | undefined> {
    if (number < 0 || number >= this.height) return undefined
    return this.recent.get(number) ?? (await this.database.get(blockKey(number)))
  }

  async blockNumberByHash(hash: Uint8Array): Promise<number | undefined> {
    const key = hashKey(hash)
    const record = await this.database.get(key)
    return record && decodeNumber(record, key)
  }

  async transaction(txId: string): Promise<TransactionPlace | undefined> {
    const key = transactionKey(txId)
    const record = this.database.getSync(key)
    return record && decodeTransaction(record, key)
  }

  history(namespace: string, key: string): AsyncIterable<HistoryEntry> {
    return readHistory(this.database, namespace, key)
  }

  async keepTransient(txId: string, organization: string, sets: readonly PrivateWriteSet[]): Promise<void> {
    this.refuseIfClosed()
    await this.transients.keep(txId, organization, sets, this.height)
  }

  transient(txId: string): OrganizationPrivateWrites[] {
    return this.transients.of(txId)
  }

  privateWrites(organization: string, block: number): Promise<StoredPrivateWrites[]> {
    return readPrivateWrites(this.database, organization, block)
  }

  async commit(block: Block, candidates: readonly Candidate[]): Promise<CommittedBlock> {
    if (this.refusal) throw this.refusal
    if (this.committing) throw new LedgerError('OUT_OF_ORDER', 'Another block is being committed: await it first.')
    const committing = this.commitNext(block, candidates, [])
    this.committing = committing
    try {
      return await committing
    } finally {
      this.committing = undefined
    }
  }

  /** Commits block 0, and with it what says whose ledger this is. */
  async create(genesis: Block, candidates: readonly Candidate[], format: Change): Promise<void> {
    await this.commitNext(genesis, candidates, [format])
  }

  onCommit(listener: (block: CommittedBlock) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.refusal ??= new LedgerError('CLOSED', 'The ledger is closed; open it again.')
    await this.committing?.catch(() => undefined)
    await this.view?.retire()
    await this.database.close()
    await this.guard.close()
  }

  private async commitNext(block: Block, candidates: readonly Candidate[], more: Change[]): Promise<CommittedBlock> {
    const { changes, ...committed } = await prepareBlock(block, candidates, this.current, this.database)
    // Made before the write: one that is made during it might be of either height.
    const before = this.viewNow()
    const all: Change[] = []
    try {
      const forgotten = this.transients.forgetting(committed.txIds, committed.number)
      all.push(...changes, ...forgotten, ...more)
      await this.database.write(all, this.sync)
      await this.guard.note(committed.number + 1)
    } catch (cause) {
      // Whether the block reached the disk is unknown now, so nothing may be built on either answer.
      this.refusal = new LedgerError(
        'WRITE_FAILED',
        `Block ${committed.number} could not be written. Look at the disk, then open the ledger again: it holds either this block or the one before.`,
        { cause },
      )
      throw this.refusal
    }
    this.transients.forget(committed.txIds, committed.number)
    this.known = before.knownAfter(all)
    this.view = undefined
    void before.retire()
    this.current = { height: committed.number + 1, hash: committed.hash, commitHash: committed.commitHash }
    this.recent.add(committed.number, committed.bytes)
    for (const listener of [...this.listeners]) tell(listener, committed)
    return committed
  }

  private viewNow(): StateView {
    return (this.view ??= new StateView(this.database, this.known))
  }

  private refuseIfClosed(): void {
    if (this.refusal?.code === 'CLOSED') throw this.refusal
  }
}

/** A listener's failure is its own: the block is committed all the same. */
function tell(listener: (block: CommittedBlock) => void, block: CommittedBlock): void {
  try {
    listener(block)
  } catch (error) {
    process.emitWarning(`a listener failed on block ${block.number}: ${String(error)}`)
  }
}
