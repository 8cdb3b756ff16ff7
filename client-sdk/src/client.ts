import { BlockchainInfo, decodeLoose } from '@caizheng/fabric-wire'
import type {
  CanonicalValue,
  ExceptionEntry,
  ExceptionExplanation,
  Explanation,
  TransactionName,
} from '@caizheng/records'
import { explain, explainException, listExceptions, type ListOptions } from './business/explain.js'
import { AuditClient } from './audit/audit-client.js'
import { ContractsClient } from './audit/contracts-client.js'
import { transact, type Transacted, type TransactOptions } from './business/transact.js'
import { followBlockBytes, followBlocks } from './blocks/follow.js'
import type { FollowedBlock, FollowOptions } from './blocks/followed-block.js'
import type { Link } from './connection/link.js'
import type { Profile } from './connection/profile.js'
import { EvidenceClient } from './evidence/evidence-client.js'
import type { CallOptions, ContractCall, Submitted, TransactionStatus } from './transactions/call.js'
import { evaluate } from './transactions/evaluate.js'
import { transactionStatus } from './transactions/status.js'
import { submit } from './transactions/submit.js'

/** One identity's connection to one channel. Made by `connect`; close it when done. */
export class Client {
  /** Anchors, receipts, verification. */
  readonly evidence: EvidenceClient
  /** Contracts with all their vouchers, and what proves them complete. */
  readonly contracts: ContractsClient
  /** What auditors ask: records by project, contract or party, their history, the flow of funds, alerts. */
  readonly audit: AuditClient
  /** The profile that it was connected with. */
  readonly profile: Profile
  readonly #link: Link

  /** @internal */
  constructor(link: Link, profile: Profile) {
    this.#link = link
    this.profile = profile
    const chaincode = profile.chaincodes?.evidence ?? 'evidence'
    this.evidence = new EvidenceClient(link, chaincode, profile.organizations, profile.defaults ?? {})
    this.audit = new AuditClient(link, profile.organizations)
    this.contracts = new ContractsClient(link, profile.organizations)
  }

  /**
   * Calls a function that writes and waits for its block. Conflicts are tried again; an unknown outcome is cleared up by
   * asking for the same transaction id.
   *
   * @throws {CaizhengError} stages `endorse`, `submit`, `commit`
   */
  submit(call: ContractCall, options?: CallOptions): Promise<Submitted> {
    return submit(this.#link, call, options)
  }

  /**
   * Sends a transaction under the rules: a project's approval, a contract, a measure, a payment application.
   *
   * @param name - of the transaction, for example `CreateProject`; its chaincode follows from it.
   * @param request - its fields, by the schemas of `@caizheng/records`.
   * @returns the record as written, with every verdict; a well-formed payment application is written `PAYABLE` or `HELD`.
   * @throws {EndorseError} `RULES_BROKEN` with every broken rule in `details.verdicts`, `ROLE_NOT_ALLOWED`, …
   * @example
   * ```ts
   * await client.transact('CreateProject', { projectCode: '2303-331003-04-01-000001', name: '示范一路改造工程', ownerUscc })
   * ```
   */
  transact(name: TransactionName, request: CanonicalValue, options?: TransactOptions): Promise<Transacted> {
    return transact(this.#link, name, request, options)
  }

  /**
   * Why a payment application was held or let pass: each rule with its figures, its article, what is missing and from whom;
   * judged again from the facts kept beside it, with the settings and rules of its day; and the moment of each step. The
   * answer is one node's word.
   *
   * @throws {CaizhengError} `RECORD_NOT_FOUND`
   * @example
   * ```ts
   * const { status, replayed, rules } = await client.explain('A-APP-004')
   * for (const { rule, zh, conditions } of rules)
   *   for (const { must, expectedText, actualText, missing } of conditions) if (missing) console.log(rule, zh, must.zh, missing.zh)
   * ```
   */
  explain(applicationNo: string, options?: CallOptions): Promise<Explanation> {
    return explain(this.#link, applicationNo, options)
  }

  /**
   * A project's exceptions, in the order in which they happened: held applications with their status now, special approvals,
   * marks and alerts of rules, backfills, opening balances.
   *
   * @throws {CaizhengError} stage `evaluate`
   */
  exceptions(projectCode: string, options?: ListOptions): AsyncGenerator<ExceptionEntry, void, void> {
    return listExceptions(this.#link, projectCode, options)
  }

  /**
   * Why a rule marked or alerted, judged again from the facts that an entry of the list keeps.
   *
   * @param id - the entry's.
   * @throws {CaizhengError} `RECORD_NOT_FOUND`, also where the entry keeps no facts: an application is explained by its number
   */
  explainException(id: string, options?: CallOptions): Promise<ExceptionExplanation> {
    return explainException(this.#link, id, options)
  }

  /**
   * Calls a function on one node without writing. The answer is that node's word.
   *
   * @throws {CaizhengError} stage `evaluate`
   */
  evaluate(call: ContractCall, options?: CallOptions): Promise<Uint8Array> {
    return evaluate(this.#link, call, options)
  }

  /**
   * What became of a transaction id, for example after `OUTCOME_UNKNOWN`.
   *
   * @param options - `milliseconds`: how long to wait where it isn't on the chain yet; 15 seconds by default.
   * @throws {CommitError} `TIMED_OUT` where it isn't there by then
   */
  status(
    transactionId: string,
    options: { readonly milliseconds?: number; readonly signal?: AbortSignal } = {},
  ): Promise<TransactionStatus> {
    const wait = options.milliseconds ?? this.#link.timeouts.evaluate
    return transactionStatus(this.#link, transactionId, wait, options.signal)
  }

  /**
   * Number of blocks of the channel at this peer; the next block has this number.
   *
   * @throws {CaizhengError} stage `evaluate`
   */
  async height(options?: CallOptions): Promise<number> {
    const call = { chaincode: 'qscc', function: 'GetChainInfo', arguments: [this.#link.channel] }
    const info = decodeLoose(BlockchainInfo, await this.evaluate(call, options))
    return info.height
  }

  /**
   * Every block from `from` on, decoded, each once and in order; opens the stream again when it breaks. Keep the number of
   * the last block handled with what was made of it, and resume from the next.
   *
   * @example
   * ```ts
   * for await (const block of client.followBlocks({ from: last + 1, signal })) await index(block)
   * ```
   * @throws {FollowError} where opening it again can't help
   */
  followBlocks(options: FollowOptions): AsyncIterable<FollowedBlock> {
    return followBlocks(this.#link, options)
  }

  /**
   * The same blocks as bytes, for an auditor or an archive: nothing of them is looked at but their numbers.
   *
   * @throws {FollowError} where opening the stream again can't help
   */
  followBlockBytes(options: FollowOptions): AsyncIterable<Uint8Array> {
    return followBlockBytes(this.#link, options)
  }

  /** Calls at this endpoint that run now, of all clients of this process. */
  get running(): number {
    return this.#link.running
  }

  /** Ends streams and gives the connection back. Calls under way fail with `CLOSED`. */
  close(): void {
    this.#link.close()
  }
}
