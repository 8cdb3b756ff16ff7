import { canonicalBytes, canonicalize, momentOf, type CanonicalValue, type RecordType } from '@caizheng/records'
import type { ChaincodeStub } from '../fabric.js'
import { Refusal } from '../refusals/refusal.js'
import { parsed } from '../state/parsed.js'

/** A record as it is kept; those of business carry the moment of their last event. */
interface Kept {
  readonly kind: string
  readonly time?: string
}

/**
 * The records of one chaincode, as one transaction sees them. A key is read from the peer once; what was written is seen by
 * later reads, which a peer's own state does not show within a transaction.
 */
export class State {
  readonly #stub: ChaincodeStub
  readonly #trial: boolean
  readonly #known = new Map<string, unknown>()
  readonly #written = new Map<string, CanonicalValue>()

  /** @param trial nothing is written: what would be refused is learnt, and nothing else */
  constructor(stub: ChaincodeStub, { trial = false }: { readonly trial?: boolean } = {}) {
    this.#stub = stub
    this.#trial = trial
  }

  /** A record, or `undefined`. */
  async find<T>(type: RecordType<T>, ...id: readonly string[]): Promise<T | undefined> {
    const key = type.key(...id)
    if (!this.#known.has(key)) {
      const bytes = await this.#stub.getState(key)
      this.#known.set(key, bytes.length === 0 ? undefined : parsed(type, bytes))
    }
    return this.#known.get(key) as T | undefined
  }

  /** A record that must be there. @throws {Refusal} `RECORD_NOT_FOUND` */
  async load<T>(type: RecordType<T>, ...id: readonly string[]): Promise<T> {
    const record = await this.find(type, ...id)
    if (record === undefined) throw new Refusal('RECORD_NOT_FOUND', { kind: type.kind, id: [...id] })
    return record
  }

  /**
   * Writes a record where there is none.
   *
   * @returns `false` where the same is there already, but for its time and transaction: nothing is written then
   * @throws {Refusal} `RECORD_EXISTS` where another is there
   */
  async create<T extends Kept>(type: RecordType<T>, id: readonly string[], record: T): Promise<boolean> {
    const existing = await this.find(type, ...id)
    if (existing === undefined) {
      await this.#put(type, id, record)
      return true
    }
    if (contentOf(existing) !== contentOf(record)) {
      throw new Refusal('RECORD_EXISTS', { kind: type.kind, id: [...id] })
    }
    return false
  }

  /**
   * Writes the next state of a record.
   *
   * @throws {Refusal} `TIME_DECREASES` where the event is earlier than the record's last
   */
  async save<T extends Kept>(type: RecordType<T>, id: readonly string[], record: T): Promise<void> {
    const before = await this.find(type, ...id)
    if (before?.time !== undefined && record.time !== undefined && momentOf(record.time) < momentOf(before.time)) {
      throw new Refusal('TIME_DECREASES', { kind: type.kind, id: [...id], last: before.time, event: record.time })
    }
    await this.#put(type, id, record)
  }

  /**
   * Writes a record without looking for one: it lies beside another that this transaction found absent and creates, so it is
   * absent too.
   */
  async put<T extends Kept>(type: RecordType<T>, id: readonly string[], record: T): Promise<void> {
    await this.#put(type, id, record)
  }

  /** What this transaction wrote, by key. */
  get written(): ReadonlyMap<string, CanonicalValue> {
    return this.#written
  }

  async #put<T extends Kept>(type: RecordType<T>, id: readonly string[], record: T): Promise<void> {
    const key = type.key(...id)
    // What no reader would take must not be written either.
    type.parse(record)
    if (!this.#trial) await this.#stub.putState(key, canonicalBytes(record))
    this.#known.set(key, record)
    this.#written.set(key, record as unknown as CanonicalValue)
  }
}

function contentOf(record: Kept): string {
  const content = Object.entries(record).filter(([name]) => name !== 'time' && name !== 'tx')
  return canonicalize(Object.fromEntries(content))
}
