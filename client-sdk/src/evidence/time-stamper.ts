import {
  decodeEvidence,
  encodeEvidence,
  openTrust,
  type FabricReceipt,
  type TimeStampEntry,
  type Trust,
} from '@caizheng/evidence'
import { CaizhengError, errorAt, PrepareError } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'
import { timeStampEvidence, type TimeStampSource } from './time-stamp.js'

/** What came of asking for a time-stamp: the entry for the evidence file, or why there is none. */
export type Stamping =
  | { readonly timeStamp: TimeStampEntry; readonly unstamped?: undefined }
  | { readonly timeStamp?: undefined; readonly unstamped: CaizhengError }

export interface TimeStamperOptions extends Omit<TimeStampSource, 'signal'> {
  /** The trust file under which the tokens must hold: it pins the authority. */
  readonly trust: Uint8Array | Trust
  /** Milliseconds for which an authority that failed is not asked again; 30,000 unless given. */
  readonly pause?: number
}

/** A batch waits for its stamp, so this is shorter than where a person asks for one. */
const TIMEOUT = 5_000

/**
 * Has receipts time-stamped as they are taken. A time-stamp is worth having and never worth waiting for: where the authority
 * is away the receipt goes without, and evidence can be stamped at any later time. One object for all that is anchored, so
 * that an authority that is away is asked once in a while instead of by each.
 *
 * @example
 * const timeStamper = new TimeStamper({ url: 'http://tsa.example.cn/', trust })
 * for await (const outcome of client.evidence.anchorAll(documents, { timeStamper })) …
 */
export class TimeStamper {
  readonly #source: TimeStampSource
  readonly #trust: Trust
  readonly #pause: number
  #pausedUntil = -Infinity
  #trouble: CaizhengError | undefined

  /**
   * @throws EvidenceError as `openTrust`; {PrepareError} `TIMESTAMP_REJECTED` where the trust file names no authority, so that
   *   no token could hold
   */
  constructor({ url, timeout = TIMEOUT, trust, pause = 30_000 }: TimeStamperOptions) {
    this.#source = { url, timeout }
    this.#trust = trust instanceof Uint8Array ? openTrust(trust) : trust
    this.#pause = pause
    if (this.#trust.timestamping.length === 0) {
      throw new PrepareError('TIMESTAMP_REJECTED', 'prepare', 'the trust file names no time-stamping authority')
    }
  }

  /** A time-stamp over a receipt with its signatures. Never throws. */
  async stamp(receipt: FabricReceipt, signal?: AbortSignal): Promise<Stamping> {
    if (this.#trouble !== undefined && performance.now() < this.#pausedUntil) return { unstamped: this.#trouble }
    try {
      const source = { ...this.#source, ...(signal && { signal }) }
      const stamped = decodeEvidence(await timeStampEvidence(encodeEvidence({ receipt }), this.#trust, source))
      this.#trouble = undefined
      return { timeStamp: stamped.cosignatures[0] as TimeStampEntry }
    } catch (error) {
      const unstamped =
        error instanceof CaizhengError
          ? error
          : errorAt('prepare', 'TIMESTAMP_REJECTED', reasonOf(error), { cause: error })
      // Who stopped waiting says nothing of the authority.
      if (signal?.aborted !== true) {
        this.#trouble = unstamped
        this.#pausedUntil = performance.now() + this.#pause
      }
      return { unstamped }
    }
  }
}
