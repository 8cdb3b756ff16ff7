import { randomBytes } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { buildBatch, EvidenceError, LEAF_FORMAT, LeafWriter, type LeafDocument } from '@caizheng/evidence'
import { canonicalize, isContractErrorCode } from '@caizheng/records'
import type { AnchorDefaults } from '../connection/profile.js'
import { CaizhengError, PrepareError } from '../errors/caizheng-error.js'
import { Semaphore } from '../connection/semaphore.js'
import { AnchoredBatch } from './anchored-batch.js'
import type { Chain } from './chain.js'
import { journalDamaged } from './damaged.js'
import type { BatchToAnchor, Journal, JournalledBatch, JournalledLeaf } from './journal.js'
import { Lanes } from './lanes.js'
import type { Plan } from './options.js'
import {
  BatchedDocument,
  RefusedDocument,
  SingleDocument,
  type AnchoredWindow,
  type DocumentOutcome,
} from './outcome.js'
import { persist } from './persist.js'
import { refusal, type Prepared } from './prepare.js'

/** Documents of one window that are anchored each by itself, at once. */
const SINGLES_AT_ONCE = 64
const SALT_DIGITS = 32

export interface BatcherParts {
  readonly chain: Chain
  readonly plan: Plan
  readonly journal: Journal
  readonly defaults: AnchorDefaults
  readonly signal: AbortSignal
}

/** Carries one window after the other to the chain, each on its own, as many side by side as there are lanes. */
export class Batcher {
  readonly #parts: BatcherParts
  readonly #writer = new LeafWriter()
  readonly #lanes: Lanes
  readonly #singles = new Semaphore(SINGLES_AT_ONCE)

  constructor(parts: BatcherParts) {
    this.#parts = parts
    this.#lanes = new Lanes(parts.plan.lanes)
  }

  /** Leaves, trees, journal, chain, receipt, journal: in this order, since each step is what the next one's loss heals from. */
  async anchor(prepared: readonly (Prepared | Promise<Prepared>)[]): Promise<AnchoredWindow> {
    const documents: Prepared[] = []
    for (const each of prepared) documents.push(each instanceof Promise ? await each : each)
    // Lets answers of other batches in before the processor is taken for a while.
    await turn()
    const { leaves, refused } = await this.#leavesOf(documents)
    const singles = documents.map((document) => (document.kind === 'single' ? this.#single(document) : undefined))
    const batching = leaves.length === 0 ? Promise.resolve(undefined) : this.#batch(leaves)
    await Promise.allSettled([batching, ...singles])
    const batch = await batching
    let index = 0
    const outcomes: DocumentOutcome[] = []
    for (const [at, document] of documents.entries()) {
      const single = singles[at]
      const error = document.kind === 'refused' ? document.error : refused.get(at)
      if (single !== undefined) outcomes.push(await single)
      else if (error !== undefined) outcomes.push(new RefusedDocument(document.key, error))
      else outcomes.push(new BatchedDocument(batch as AnchoredBatch, index++))
    }
    return { outcomes, batch }
  }

  /** Asks for a batch again that an earlier run had begun: the chain writes a root once, so that this is harmless. */
  async recover({ request, leaves }: JournalledBatch): Promise<AnchoredWindow> {
    const trees = buildBatch(leaves.map(({ text }) => text))
    const { roots } = trees
    if (roots.sha256 !== request.roots.sha256 || roots.sm3 !== request.roots.sm3) throw journalDamaged(request)
    const batch = await this.#lanes.use(() => this.#anchored(request))
    const anchored = await this.#settled(batch, leaves, trees, true)
    return { outcomes: leaves.map((_, index) => new BatchedDocument(anchored, index)), batch: anchored }
  }

  async #leavesOf(
    documents: readonly Prepared[],
  ): Promise<{ leaves: JournalledLeaf[]; refused: Map<number, CaizhengError> }> {
    const leaves: JournalledLeaf[] = []
    const refused = new Map<number, CaizhengError>()
    const salts = randomBytes((documents.length * SALT_DIGITS) / 2).toString('hex')
    for (const [at, prepared] of documents.entries()) {
      if (prepared.kind !== 'leaf') continue
      const salt = salts.slice(at * SALT_DIGITS, (at + 1) * SALT_DIGITS)
      const text = this.#text(prepared.document, salt)
      if (text !== undefined) leaves.push({ key: prepared.key, text })
      else refused.set(at, await refusal(prepared.document))
    }
    return { leaves, refused }
  }

  #text(document: LeafDocument, salt: string): string | undefined {
    try {
      return this.#writer.write(document, salt)
    } catch (error) {
      if (error instanceof EvidenceError) return undefined
      throw error
    }
  }

  async #batch(leaves: readonly JournalledLeaf[]): Promise<AnchoredBatch> {
    const trees = buildBatch(leaves.map(({ text }) => text))
    const { size, roots } = trees
    const anchored = await this.#lanes.use(async (lane) => {
      const request = { leafFormat: LEAF_FORMAT, size, roots, lane }
      await this.#parts.journal.begin({ request, leaves })
      return this.#anchored(request)
    })
    return this.#settled(anchored, leaves, trees, false)
  }

  #anchored(request: BatchToAnchor): ReturnType<Chain['anchorBatch']> {
    const { chain, plan, signal } = this.#parts
    return persist(() => chain.anchorBatch(request, { signal }), plan.patience, signal)
  }

  async #settled(
    { batch: record, block, created }: Awaited<ReturnType<Chain['anchorBatch']>>,
    leaves: readonly JournalledLeaf[],
    trees: ReturnType<typeof buildBatch>,
    recovered: boolean,
  ): Promise<AnchoredBatch> {
    const { chain, plan, signal, journal } = this.#parts
    const { timeStamper } = plan
    const receipt = await persist(() => chain.receipt(record.id, { signal, timeStamper }), plan.patience, signal)
    await journal.settle(trees.roots.sha256, {
      id: record.id,
      record: canonicalize(record),
      block,
      created,
      receipt: receipt.receipt,
      organizations: receipt.organizations,
      missing: receipt.missing,
      ...(receipt.timeStamp && { timeStamp: receipt.timeStamp }),
    })
    return new AnchoredBatch({ record, block, created, recovered, receipt, leaves, trees })
  }

  async #single({ key, digests, about }: Prepared & { kind: 'single' }): Promise<DocumentOutcome> {
    const { chain, plan, signal } = this.#parts
    try {
      const once = () => this.#singles.run(() => chain.anchorAlone(digests, about, { signal }), signal)
      return new SingleDocument(key, await persist(once, plan.patience, signal), plan.timeStamper)
    } catch (error) {
      // What is wrong with this one document holds up no other; a network that is away does.
      const own = error instanceof PrepareError && error.code === 'INPUT_INVALID'
      if (error instanceof CaizhengError && (own || isContractErrorCode(error.code)))
        return new RefusedDocument(key, error)
      throw error
    }
  }
}
