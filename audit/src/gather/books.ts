import type { Identity } from '@caizheng/fabric-wire'
import type { Trust } from '@caizheng/evidence'
import type { Chain, Observer } from '../chain/chain.js'
import { Clock, type ClockState } from '../chain/clock.js'
import { doubt, type Doubt, type Place } from '../doubts/doubt.js'
import { argumentsOf, execute } from '../replay/execute.js'
import { buildOf, type Build, type Builds } from '../replay/build.js'
import { judgeReplay } from '../replay/judge.js'
import type { ReplayedState } from '../state/state.js'
import type { OpenedTransaction, Results } from '../validity/open.js'
import { LIFECYCLE } from '../validity/definitions.js'
import { delayOf, type Delay } from './delays.js'
import { backfilled, noticesOf } from './notices.js'
import { Vouchers, type VoucherState } from './vouchers.js'

/** What a checkpoint keeps of them. */
export interface BooksState {
  readonly doubts: readonly Doubt[]
  readonly delays: readonly Delay[]
  readonly vouchers: VoucherState
  readonly clock: ClockState
  readonly transactions: number
  readonly replayed: number
  readonly told: readonly string[]
}

/** What an audit gathers while a chain is followed: every doubtful point, the delays, the vouchers. */
export class Books implements Observer {
  readonly doubts: Doubt[]
  readonly delays: Delay[]
  /** Valid calls, and those of them that were run again. */
  transactions: number
  replayed: number
  readonly #vouchers: Vouchers
  readonly #clock: Clock
  /** Definitions that were spoken of before. */
  readonly #told: Set<string>

  constructor(
    private readonly trust: Trust,
    private readonly builds: Builds,
    private readonly state: ReplayedState,
    private readonly chain: Chain,
    kept?: BooksState,
  ) {
    this.doubts = [...(kept?.doubts ?? [])]
    this.delays = [...(kept?.delays ?? [])]
    this.transactions = kept?.transactions ?? 0
    this.replayed = kept?.replayed ?? 0
    this.#vouchers = new Vouchers(trust.file.network, kept?.vouchers)
    this.#clock = new Clock(kept?.clock)
    this.#told = new Set(kept?.told)
  }

  get kept(): BooksState {
    const { doubts, delays, transactions, replayed } = this
    const told = [...this.#told]
    return { doubts, delays, transactions, replayed, told, vouchers: this.#vouchers.kept, clock: this.#clock.kept }
  }

  /** What becomes clear at the chain's end only. Not kept: more blocks may follow. */
  atEnd(): Doubt[] {
    return [...new Clock(this.#clock.kept).end(), ...this.#vouchers.end()]
  }

  async valid(transaction: OpenedTransaction, results: Results, place: Required<Place>): Promise<void> {
    this.transactions++
    const { time, wrongEndorsements } = transaction
    for (const mspId of wrongEndorsements) this.doubts.push(doubt('ENDORSEMENT_SIGNATURE', place, { mspId }))
    if (time !== undefined) {
      this.doubts.push(...this.#clock.next(place, time), ...this.#certificates(transaction, time, place))
    }
    if (results.chaincode === LIFECYCLE) return
    const args = argumentsOf(transaction)
    if (this.#find(results.chaincode, place) !== undefined) await this.#replay(transaction, results, args, place)
    if (time !== undefined) this.doubts.push(...backfilled(args, time, place))
    this.#read(results, place)
  }

  async #replay(
    transaction: OpenedTransaction,
    results: Results,
    args: readonly string[],
    place: Required<Place>,
  ): Promise<void> {
    const { channelId } = this.chain.config
    const find = (chaincode: string): Build | undefined => this.#find(chaincode, place)
    const outcome = await execute(transaction, results, args, this.state, channelId, find)
    this.replayed++
    this.doubts.push(...judgeReplay(transaction, results, args, outcome, place))
  }

  /** The build in force. What there is to say of a definition is said where it is first used. */
  #find(chaincode: string, place: Place): Build | undefined {
    const definition = this.chain.definitions.find(chaincode)
    if (definition === undefined) return undefined
    const { version, sequence, committed, collections } = definition
    const build = buildOf(this.builds, version)
    const id = `${chaincode} ${sequence}`
    if (this.#told.has(id)) return build
    this.#told.add(id)
    const trusted = this.trust.file.chaincodes.some(
      (known) =>
        known.name === chaincode &&
        known.version === version &&
        known.sequence === sequence &&
        known.committed.block === committed.blockNum &&
        known.committed.transaction === committed.txNum,
    )
    if (!trusted) this.doubts.push(doubt('DEFINITION_UNTRUSTED', place, { chaincode, version, sequence }))
    if (build === undefined) this.doubts.push(doubt('BUILD_UNKNOWN', place, { chaincode, version }))
    for (const { name: collection, blockToLive } of collections) {
      if (blockToLive > 0) this.doubts.push(doubt('COLLECTION_EXPIRES', place, { chaincode, collection }))
    }
    return build
  }

  /** Peers judge certificates without a clock when they validate; whether each was valid at the time is asked here. */
  #certificates({ creator, endorsers }: OpenedTransaction, time: Date, place: Place): Doubt[] {
    return [creator, ...endorsers].flatMap(({ mspid, certificate }: Identity) => {
      if (time >= certificate.notBefore && time <= certificate.notAfter) return []
      const values = { whose: mspid, subject: certificate.subject, time: time.toISOString() }
      return [doubt('CERTIFICATE_TIME', place, values)]
    })
  }

  #read({ namespaces }: Results, place: Place): void {
    for (const { namespace, kv } of namespaces) {
      for (const { key, value, isDelete } of kv.writes) {
        if (isDelete) continue
        if (namespace === 'evidence' && key.startsWith('anchor:')) {
          const delay = delayOf(value, place)
          if (delay !== undefined) this.delays.push(delay)
          continue
        }
        if (namespace === 'payment') this.doubts.push(...this.#vouchers.write(key, value, place))
        this.doubts.push(...noticesOf(namespace, key, value, place))
      }
    }
  }
}
