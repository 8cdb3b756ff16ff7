import { createHash } from 'node:crypto'
import { keyOfHash, tableOf, type ReplayedState } from '../state/state.js'
import { CannotTell, type NamespaceWrites, type SealedWrite } from './outcome.js'

/** What a run of one transaction shares among the chaincodes that it calls. */
export interface Run {
  readonly state: ReplayedState
  readonly channel: string
  readonly txId: string
  readonly timestamp: { readonly seconds: number; readonly nanos: number }
  readonly creator: { readonly mspid: string; readonly idBytes: Uint8Array }
  readonly headerExtension: Uint8Array
  readonly writes: Map<string, NamespaceWrites>
  readonly secret: Secret
  /** Collections into which a secret was written. */
  readonly secrets: string[]
  /** The event of the chaincode that the client called; others' are dropped, as by a peer. */
  event: { readonly name: string; readonly payload: Uint8Array } | undefined
  /** Set where the run asked for what no block holds, whatever its code made of the error. */
  cannotTell: string | undefined
  call(chaincode: string, args: readonly string[]): Promise<{ status: number; message: string; payload: Uint8Array }>
}

/** Stands for a value that came as transient data: the block shows what it hashes to, and nothing else is known of it. */
export interface Secret {
  readonly value: Uint8Array
  /** Hex; what the block says that was written. */
  readonly digest: string | undefined
}

const NOTHING = Buffer.alloc(0)
const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest()

/**
 * A chaincode's view of the ledger, made from the replayed state: the part of fabric-shim's `ChaincodeStub` that a
 * transaction which writes may use. As on a peer, reads don't see what the transaction itself wrote.
 */
export class ReplayStub {
  readonly #writes: NamespaceWrites

  constructor(
    private readonly run: Run,
    private readonly namespace: string,
    private readonly args: readonly string[],
    private readonly top: boolean,
  ) {
    let writes = run.writes.get(namespace)
    if (writes === undefined) {
      run.writes.set(namespace, (writes = { public: new Map(), policies: new Map(), sealed: new Map() }))
    }
    this.#writes = writes
  }

  getArgs = (): readonly string[] => this.args
  getStringArgs = (): readonly string[] => this.args
  getFunctionAndParameters = () => ({ fcn: this.args[0] ?? '', params: this.args.slice(1) })
  getTxID = (): string => this.run.txId
  getChannelID = (): string => this.run.channel
  getCreator = () => this.run.creator
  getTxTimestamp = () => this.run.timestamp
  getDateTimestamp = (): Date => new Date(this.run.timestamp.seconds * 1000 + this.run.timestamp.nanos / 1e6)
  getSignedProposal = () => ({
    proposal: { header: { channelHeader: { getExtension_asU8: () => this.run.headerExtension } } },
  })

  getTransient(): never {
    throw this.#cannot('it reads transient data, which stand in no block')
  }

  async getState(key: string): Promise<Uint8Array> {
    const held = this.run.state.get(tableOf(this.namespace), key)
    return held === undefined ? NOTHING : bufferOf(held.value)
  }

  async putState(key: string, value: Uint8Array | string): Promise<void> {
    this.#writes.public.set(key, Buffer.from(value))
  }

  async deleteState(key: string): Promise<void> {
    this.#writes.public.set(key, undefined)
  }

  async setStateValidationParameter(key: string, policy: Uint8Array): Promise<void> {
    this.#writes.policies.set(key, policy)
  }

  async getStateValidationParameter(key: string): Promise<Uint8Array> {
    const held = this.run.state.get(tableOf(this.namespace), key)
    return held?.metadata?.find(({ name }) => name === 'VALIDATION_PARAMETER')?.value ?? NOTHING
  }

  /** Rows in the order of their keys; without ends, composite keys are left out, as by a peer. */
  getStateByRange(start: string, end: string): AsyncIterableIterator<Row> {
    return this.#rows(start === '' ? '\x01' : start, end)
  }

  getStateByPartialCompositeKey(type: string, attributes: readonly string[]): AsyncIterableIterator<Row> {
    const prefix = this.createCompositeKey(type, attributes)
    return this.#rows(prefix, `${prefix}\u{10ffff}`)
  }

  getStateByRangeWithPagination = (): never => this.#pages()
  getStateByPartialCompositeKeyWithPagination = (): never => this.#pages()
  getQueryResult = (): never => this.#pages()
  getHistoryForKey(): never {
    throw this.#cannot('it reads the history of a key')
  }

  createCompositeKey(type: string, attributes: readonly string[]): string {
    return `\0${[type, ...attributes].map((part) => `${part}\0`).join('')}`
  }

  splitCompositeKey(key: string): { objectType: string; attributes: string[] } {
    const [objectType = '', ...attributes] = key.slice(1, -1).split('\0')
    return { objectType, attributes }
  }

  async putPrivateData(collection: string, key: string, value: Uint8Array | string): Promise<void> {
    const { secret } = this.run
    if (value !== secret.value) return this.#seal(collection, key, sha256(value), false)
    this.run.secrets.push(collection)
    return this.#seal(collection, key, Buffer.from(secret.digest ?? '', 'hex'), false)
  }

  async deletePrivateData(collection: string, key: string): Promise<void> {
    this.#seal(collection, key, undefined, false)
  }

  async purgePrivateData(collection: string, key: string): Promise<void> {
    this.#seal(collection, key, undefined, true)
  }

  async getPrivateDataHash(collection: string, key: string): Promise<Uint8Array> {
    const held = this.run.state.get(tableOf(this.namespace, collection), keyOfHash(sha256(key)))
    return held === undefined ? NOTHING : bufferOf(held.value)
  }

  getPrivateData(): never {
    throw this.#cannot('it reads private data, which stand in no block')
  }

  setEvent(name: string, payload: Uint8Array): void {
    if (this.top) this.run.event = { name, payload }
  }

  invokeChaincode(chaincode: string, args: readonly string[]) {
    return this.run.call(chaincode, args)
  }

  #seal(collection: string, key: string, valueHash: Uint8Array | undefined, purge: boolean): void {
    let rows = this.#writes.sealed.get(collection)
    if (rows === undefined) this.#writes.sealed.set(collection, (rows = new Map<string, SealedWrite>()))
    rows.set(sha256(key).toString('hex'), { valueHash, purge })
  }

  async *#rows(start: string, end: string): AsyncIterableIterator<Row> {
    for (const [key, { value }] of this.run.state.range(tableOf(this.namespace), start, end)) {
      yield { namespace: this.namespace, key, value: bufferOf(value) }
    }
  }

  #pages(): never {
    throw this.#cannot('it reads pages, of which no block tells what they held')
  }

  #cannot(why: string): CannotTell {
    this.run.cannotTell ??= why
    return new CannotTell(why)
  }
}

interface Row {
  readonly namespace: string
  readonly key: string
  readonly value: Uint8Array
}

/** Contracts get what fabric-shim gives them. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
