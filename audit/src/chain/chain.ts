import {
  blockHash,
  channelConfigOf,
  isConfigBlock,
  parseCertificate,
  toHex,
  txFilter,
  TxValidationCode,
  type Block,
  type ChannelConfig,
} from '@caizheng/fabric-wire'
import type { Trust } from '@caizheng/evidence'
import { doubt, type Doubt, type Place } from '../doubts/doubt.js'
import { AuditError } from '../errors.js'
import { applyWrites } from '../state/apply.js'
import type { ReplayedState } from '../state/state.js'
import { Definitions } from '../validity/definitions.js'
import { judgeEndorsements, type ChangedPolicies } from '../validity/endorsements.js'
import {
  Invalid,
  openEnvelope,
  resultsOf,
  type Opened,
  type OpenedTransaction,
  type Results,
} from '../validity/open.js'
import { BlockWrites, judgeReads } from '../validity/reads.js'
import { nextConfiguration } from './configuration.js'
import { judgeFlag } from './flags.js'
import { judgeLink } from './link.js'

/** A block whose parts that need no state are judged: links, signatures, forms. */
export interface OpenedBlock {
  readonly block: Block
  readonly doubts: readonly Doubt[]
  readonly envelopes: readonly Opened[]
}

/** A transaction with the verdict that was recomputed. */
export interface JudgedTransaction {
  readonly place: Required<Place>
  readonly code: TxValidationCode
  readonly opened: Opened
  /** What it named and did, as far as that can be read. */
  readonly results: Results | undefined
}

/** Told of each valid call before its writes come into the state. */
export interface Observer {
  valid(transaction: OpenedTransaction, results: Results, place: Required<Place>): Promise<void>
}

/** Where a chain stands after some blocks; with the state, all that is needed to go on. */
export interface Tip {
  readonly height: number
  readonly hash: Uint8Array
  /** The block that holds the configuration in force. */
  readonly configBlock: Uint8Array
}

/** Follows a chain from its pinned beginning and recomputes every verdict from the blocks alone. */
export class Chain {
  readonly definitions: Definitions
  #config: ChannelConfig
  #tip: Tip

  constructor(
    private readonly trust: Trust,
    private readonly state: ReplayedState,
    /** Ids of all transactions so far: one that comes again is invalid. */
    private readonly txIds: Set<string>,
    tip: Tip,
  ) {
    this.definitions = new Definitions(state)
    this.#tip = tip
    this.#config = channelConfigOf(tip.configBlock)
  }

  get tip(): Tip {
    return this.#tip
  }

  get config(): ChannelConfig {
    return this.#config
  }

  /**
   * Judges what needs no state. Blocks may be opened ahead of the one that is judged, but not beyond a configuration
   * block: see `isConfigBlock`.
   *
   * @param previous the hash of the block before
   */
  async open(block: Block, previous: Uint8Array): Promise<OpenedBlock> {
    const config = this.#config
    // The thread pool is at work on the envelopes' signatures while the link is judged here.
    const opening = Promise.all(block.data.map((envelope) => openEnvelope(envelope, config)))
    const doubts = judgeLink(block, previous, config)
    return { block, doubts, envelopes: await opening }
  }

  /** Judges an opened block, the next one, and brings what is valid of it into the state. */
  async judge({ block, doubts, envelopes }: OpenedBlock, bytes: Uint8Array, observer: Observer): Promise<Doubt[]> {
    const { number } = block.header
    const found = [...doubts]
    const changed: ChangedPolicies = new Set()
    const taken = new Set<string>()
    let configured: ChannelConfig | undefined
    const judged: JudgedTransaction[] = []
    for (const [index, opened] of envelopes.entries()) {
      const place = { block: number, transaction: { index, id: opened.txId } }
      if (opened.kind === 'config') {
        const next = await nextConfiguration(this.#config, opened.config)
        const failed = typeof next === 'string'
        if (failed) found.push(doubt('CONFIGURATION', place, { why: next }))
        else configured = next
        const code = failed ? TxValidationCode.INVALID_CONFIG_TRANSACTION : TxValidationCode.VALID
        judged.push({ place, code, opened, results: undefined })
      } else judged.push(this.#verdict(opened, place, changed, taken))
    }
    const written = new BlockWrites()
    const flags = txFilter(block)
    for (const one of judged) {
      const { opened, results, place } = one
      let { code } = one
      if (code === TxValidationCode.VALID && opened.kind === 'transaction' && results !== undefined) {
        code = judgeReads(results.namespaces, this.state, written)
        if (code === TxValidationCode.VALID) {
          await observer.valid(opened, results, place)
          const version = { blockNum: number, txNum: place.transaction.index }
          applyWrites(results.namespaces, version, this.state, written)
        }
      }
      found.push(...judgeFlag(code, flags[place.transaction.index], opened, place))
    }
    for (const { txId } of envelopes) if (txId !== '') this.txIds.add(shortened(txId))
    if (configured !== undefined) found.push(...this.#configure(configured, number))
    const configBlock = configured === undefined ? this.#tip.configBlock : bytes.slice()
    this.#tip = { height: number + 1, hash: blockHash(block.header), configBlock }
    return found
  }

  #verdict(
    opened: Exclude<Opened, { kind: 'config' }>,
    place: Required<Place>,
    changed: ChangedPolicies,
    taken: Set<string>,
  ): JudgedTransaction {
    if (opened.kind === 'malformed') return { place, code: opened.code, opened, results: undefined }
    let results: Results | undefined
    try {
      if (this.txIds.has(shortened(opened.txId))) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
      results = resultsOf(opened)
      judgeEndorsements(this.#config, this.definitions, this.state, results, opened.endorsers, changed)
      if (taken.has(opened.txId)) throw new Invalid(TxValidationCode.DUPLICATE_TXID)
      taken.add(opened.txId)
      return { place, code: TxValidationCode.VALID, opened, results }
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return { place, code: error.code, opened, results }
    }
  }

  #configure(next: ChannelConfig, block: number): Doubt[] {
    this.#config = next
    return [
      doubt('CONFIGURATION_CHANGED', { block }, { sequence: next.sequence }),
      ...judgeAuthorities(next, this.trust, block),
    ]
  }
}

/**
 * Begins a chain at its genesis block.
 *
 * @throws {AuditError} `NETWORK_MISMATCH` where the trust file pins another
 */
export function genesisTip(block: Block, bytes: Uint8Array, { file }: Trust): Tip {
  const hash = blockHash(block.header)
  if (block.header.number !== 0 || !isConfigBlock(block)) {
    throw new AuditError('NETWORK_MISMATCH', `The chain begins with block ${block.header.number}, not with its genesis`)
  }
  if (toHex(hash) !== file.network) {
    throw new AuditError(
      'NETWORK_MISMATCH',
      `The chain begins with ${toHex(hash)}, the trust file pins ${file.network}`,
    )
  }
  const { channelId } = channelConfigOf(block)
  if (channelId !== file.channel) {
    throw new AuditError('NETWORK_MISMATCH', `The chain is of channel ${channelId}, the trust file of ${file.channel}`)
  }
  return { height: 1, hash, configBlock: bytes.slice() }
}

/** Compares the CAs of the node organisations with those that the trust file pins. */
export function judgeAuthorities(config: ChannelConfig, trust: Trust, block: number): Doubt[] {
  return [...trust.organizations].flatMap(([mspId, { msp }]) => {
    const roots = (pems: readonly Uint8Array[]): string => pems.map(certificateOf).sort().join()
    const { rootCerts = [], intermediateCerts = [] } = config.msps.get(mspId)?.config ?? {}
    const same =
      roots(rootCerts) === roots(msp.config.rootCerts) &&
      roots(intermediateCerts) === roots(msp.config.intermediateCerts)
    return same ? [] : [doubt('AUTHORITIES_CHANGED', { block }, { mspId })]
  })
}

const certificateOf = (pem: Uint8Array): string => Buffer.from(parseCertificate(pem).der).toString('base64')

/** Memory counts: a chain has millions of ids. Thirty-two characters of one byte each, instead of sixty-four. */
function shortened(txId: string): string {
  return /^[0-9a-f]{64}$/.test(txId) ? Buffer.from(txId, 'hex').toString('latin1') : txId
}
