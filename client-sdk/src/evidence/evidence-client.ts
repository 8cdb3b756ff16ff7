import type { Report } from '@caizheng/evidence'
import { parseBatchRequest, type Anchor, type Network } from '@caizheng/records'
import { anchorWindows } from '../batch/anchor-windows.js'
import type { Chain } from '../batch/chain.js'
import type { AnchorAllOptions, DocumentToAnchor } from '../batch/options.js'
import type { AnchoredWindow, DocumentOutcome } from '../batch/outcome.js'
import type { Link } from '../connection/link.js'
import type { AnchorDefaults } from '../connection/profile.js'
import type { CallOptions } from '../transactions/call.js'
import { transactionStatus } from '../transactions/status.js'
import { anchorRequest, type AboutDocument } from './about.js'
import { Anchored } from './anchored.js'
import { BatchClient } from './batch-client.js'
import { BlockProver } from './block-prover.js'
import { EvidenceContract, type DigestAlgorithm } from './contract.js'
import { digestDocument, type DigestOptions, type DocumentInput } from './digests.js'
import { LogClient } from './log-client.js'
import { allPages } from './pages.js'
import { evidenceAround, takeReceipt, type Receipt, type ReceiptOptions } from './receipt.js'
import { verifyDocument, type FileInput, type VerifyDocumentOptions } from './verify-document.js'
import { writeWhole } from './write-whole.js'

export interface AnchorOptions extends CallOptions, DigestOptions {}

export interface ListOptions extends CallOptions {
  /** Anchors asked for at once, 1 to 100. */
  readonly pageSize?: number | undefined
}

/** `client.evidence`: anchor documents, find anchors, take receipts, verify. */
export class EvidenceClient {
  /** The records of trees over many documents. */
  readonly batch: BatchClient
  /** Lanes, and the log that checkpoints join them into. */
  readonly log: LogClient
  readonly #link: Link
  readonly #blocks: BlockProver
  readonly #contract: EvidenceContract
  readonly #organizations: readonly string[]
  readonly #defaults: AnchorDefaults

  constructor(link: Link, chaincode: string, organizations: readonly string[], defaults: AnchorDefaults) {
    this.#link = link
    this.#blocks = new BlockProver(link)
    this.#contract = new EvidenceContract(link, chaincode)
    this.#organizations = organizations
    this.#defaults = defaults
    this.batch = new BatchClient(link, this.#contract, organizations)
    this.log = new LogClient(link, this.#contract, organizations)
  }

  /**
   * Hashes a document (SHA-256 and SM3, as it streams; its bytes are neither held nor sent) and writes its anchor on the
   * chain. The same document with the same particulars again is the same anchor: `created` is `false` then.
   *
   * @example
   * ```ts
   * const anchored = await client.evidence.anchor('contract.pdf', {
   *   project: '2303-331003-04-01-000001', type: 'CONTRACT', number: 'HT-2026-001',
   * })
   * await anchored.save('contract.pdf.evidence.json')
   * ```
   * @throws {PrepareError} `DOCUMENT_NOT_FOUND`, `DOCUMENT_UNREADABLE`, `INPUT_INVALID`
   * @throws {EndorseError} the contract's codes, such as `ANCHOR_CONFLICT`
   * @throws {SubmitError} `OUTCOME_UNKNOWN`: anchor it again, which is harmless
   * @throws {CommitError} `CONFLICT`, `POLICY_NOT_MET`, …
   */
  async anchor(document: DocumentInput, about: AboutDocument, options: AnchorOptions = {}): Promise<Anchored> {
    const digests = await digestDocument(document, options)
    const request = await anchorRequest(document, digests, about, this.#defaults)
    const { anchor, created, block } = await this.#contract.anchor(request, options)
    return new Anchored(this, anchor, block ?? (await this.#blockOf(anchor, options)), created)
  }

  /**
   * Anchors a stream of documents of any length: many in one transaction, each with evidence of its own. Documents are
   * collected in windows, a window becomes a tree whose root is submitted, and one receipt serves all its documents. Types
   * that rules look up (`isAnchoredSingly` of the records) and new versions of anchored documents are anchored one by one
   * in the same call. Memory stays bounded: the source is read as fast as the chain and the caller take.
   *
   * Leaves and salts are in the journal before their root is submitted. What an earlier run left unsettled there comes
   * first (`batch.recovered`). A batch is tried again with the same root, which the chain writes once; so nothing doubles.
   *
   * @param options - sizes in documents, times in milliseconds.
   * @returns for each document, in the order of the source, `batched`, `single` or `refused`. A document that can't be
   *   anchored is `refused` and stops nothing.
   * @example
   * ```ts
   * for await (const outcome of client.evidence.anchorAll(documents, { journal })) {
   *   if (outcome.kind === 'refused') console.error(outcome.key, outcome.error.message)
   *   else await outcome.save(`${outcome.key}.evidence.json`)
   * }
   * ```
   * @throws {CaizhengError} where the network stays away longer than `patience`, or refuses for good: after the outcomes of
   *   all that was anchored. What was begun stays in the journal. `JOURNAL_DAMAGED`; `CANCELLED`; what the journal throws.
   */
  async *anchorAll(
    documents: AsyncIterable<DocumentToAnchor> | Iterable<DocumentToAnchor>,
    options: AnchorAllOptions = {},
  ): AsyncGenerator<DocumentOutcome, void, void> {
    for await (const { outcomes } of this.anchorWindows(documents, options)) yield* outcomes
  }

  /**
   * As {@link anchorAll}, window by window: for one evidence file a batch, and where an `await` a document costs too much.
   *
   * @example
   * ```ts
   * for await (const { batch } of client.evidence.anchorWindows(digests, { lanes: 8 })) {
   *   await batch?.save(`${batch.id}.evidence.json`) // all its documents in one file
   * }
   * ```
   */
  anchorWindows(
    documents: AsyncIterable<DocumentToAnchor> | Iterable<DocumentToAnchor>,
    options: AnchorAllOptions = {},
  ): AsyncGenerator<AnchoredWindow, void, void> {
    const chain: Chain = {
      anchorBatch: async (request, call) => {
        const { created, batch, block } = await this.#contract.anchorBatch(parseBatchRequest(request), call)
        return { created, batch, block: block ?? (await this.#blockOf(batch, call)) }
      },
      receipt: (id, call) => this.batch.receipt(id, { ...call, committed: true }),
      anchorAlone: (digests, about, call) => this.anchor(digests, about, call),
    }
    return anchorWindows(chain, this.#defaults, documents, options)
  }

  /**
   * The anchor with this id, as one node tells it.
   *
   * @throws {EvaluateError} `ANCHOR_NOT_FOUND`
   */
  get(id: string, options: CallOptions = {}): Promise<Anchor> {
    return this.#contract.get(id, options)
  }

  /** As {@link get}, with the block and the ways to evidence. */
  async open(id: string, options: CallOptions = {}): Promise<Anchored> {
    const anchor = await this.get(id, options)
    return new Anchored(this, anchor, await this.#blockOf(anchor, options), false)
  }

  /**
   * Anchors of a document, by whoever, oldest first.
   *
   * @param document - hashed here; or one digest.
   */
  async *find(
    document: DocumentInput | { readonly algorithm: DigestAlgorithm; readonly digest: string },
    options: ListOptions & DigestOptions = {},
  ): AsyncGenerator<Anchor, void, void> {
    const { algorithm, digest } = isDigest(document)
      ? document
      : { algorithm: 'sha256' as const, digest: (await digestDocument(document, options)).sha256 }
    yield* allPages((page) => this.#contract.findByDigest(algorithm, digest, page, options), options.pageSize)
  }

  /** Anchors of a project, oldest first. */
  list(project: string, options: ListOptions = {}): AsyncGenerator<Anchor, void, void> {
    return allPages((page) => this.#contract.listByProject(project, page, options), options.pageSize)
  }

  /** The later versions of an anchor, as the contract lists them. */
  versions(id: string, options: ListOptions = {}): AsyncGenerator<Anchor, void, void> {
    return allPages((page) => this.#contract.listVersions(id, page, options), options.pageSize)
  }

  /** The channel's identity as its chaincode states it. Not a source of trust: that is the verifier's own file. */
  network(options: CallOptions = {}): Promise<Network> {
    return this.#contract.network(options)
  }

  /**
   * A receipt: every node organisation signs that it holds this record, at this place of the chain. Nothing is written.
   *
   * @throws {EndorseError} `NOT_ENOUGH_ORGANIZATIONS`, `ANCHOR_NOT_FOUND`, …
   */
  receipt(id: string, options: ReceiptOptions = {}): Promise<Receipt> {
    return takeReceipt(this.#link, this.#contract.getCall(id), this.#organizations, options)
  }

  /** A receipt in the form that anyone can keep and verify offline: the bytes of an evidence file. */
  async evidenceFile(id: string, options: ReceiptOptions = {}): Promise<Uint8Array> {
    return evidenceAround(await this.receipt(id, options))
  }

  /**
   * Takes a receipt and writes the evidence file, whole or not at all.
   *
   * @returns the receipt; where `missing` names organisations, save again later and the file becomes complete.
   */
  async save(id: string, path: string, options: ReceiptOptions = {}): Promise<Receipt> {
    const receipt = await this.receipt(id, options)
    await writeWhole(path, evidenceAround(receipt))
    return receipt
  }

  /**
   * The same evidence file with a block proof, for a court: the block as this peer has it, which says "ordered, and endorsed by
   * these". What it adds is checked offline under the orderers that a trust file names; that the transaction is valid stays the
   * receipt's to say. All transactions of the block are in it, for whoever gets the file.
   *
   * @param evidence - bytes of an evidence file, of a single document or of a batch.
   * @example
   * ```ts
   * await writeFile(path, await client.evidence.addBlockProof(await readFile(path)))
   * ```
   * @throws {EvaluateError} where the peer can't be asked or doesn't have the block; `RESPONSE_INVALID` where it gives another
   * @throws EvidenceError for evidence that can't be read
   */
  addBlockProof(evidence: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    return this.#blocks.prove(evidence, options)
  }

  /**
   * Verifies a document offline: see `verifyDocument`, which needs no client.
   */
  verify(
    document: DocumentInput,
    evidence: FileInput,
    trust: FileInput,
    options: VerifyDocumentOptions = {},
  ): Promise<Report> {
    return verifyDocument(document, evidence, trust, options)
  }

  /** The block is in no record: the transaction's own result stands before its block. */
  async #blockOf({ tx }: { readonly tx: string }, { signal }: CallOptions): Promise<number> {
    return (await transactionStatus(this.#link, tx, this.#link.timeouts.evaluate, signal)).block
  }
}

function isDigest(
  document: DocumentInput | { readonly algorithm: DigestAlgorithm; readonly digest: string },
): document is { readonly algorithm: DigestAlgorithm; readonly digest: string } {
  return typeof document === 'object' && 'algorithm' in document
}
