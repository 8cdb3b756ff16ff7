import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChannelHeader,
  Envelope,
  HashedRWSet,
  HeaderType,
  KVRWSet,
  Payload,
  ProposalResponsePayload,
  SignatureHeader,
  Transaction,
  TxReadWriteSet,
  dataHash,
  encode,
  encodeBlock,
  type Block,
} from '@caizheng/fabric-wire'
import {
  candidatesOf,
  openLedger,
  type CommittedBlock,
  type KeyRead,
  type KeyWrite,
  type Ledger,
  type LedgerOptions,
  type MetadataWrite,
  type NamespaceReadWriteSet,
  type RangeQuery,
} from '../../src/ledger/index.js'

export const CHANNEL = 'fiscal'
const TIME = 1_780_000_000

/** A transaction in short: the parts of one namespace, or whole namespaces. */
export interface TransactionSpec {
  readonly txId: string
  readonly code?: number
  readonly reads?: readonly KeyRead[]
  readonly ranges?: readonly RangeQuery[]
  readonly writes?: readonly KeyWrite[]
  readonly metadataWrites?: readonly MetadataWrite[]
  readonly namespaces?: readonly NamespaceReadWriteSet[]
}

export const NAMESPACE = 'evidence'
export const utf8 = (text: string): Uint8Array => Buffer.from(text)
export const put = (key: string, value: string): KeyWrite => ({ key, isDelete: false, value: utf8(value) })
export const del = (key: string): KeyWrite => ({ key, isDelete: true, value: new Uint8Array() })
export const read = (key: string, blockNum?: number, txNum = 0): KeyRead =>
  blockNum === undefined ? { key } : { key, version: { blockNum, txNum } }

/** The envelope of a transaction, without the signatures that a ledger doesn't look at. */
export function envelopeOf(spec: TransactionSpec, blockNum: number): Uint8Array {
  const results = encode(TxReadWriteSet, {
    nsRwset: namespacesOf(spec).map(({ namespace, rwset, collections = [] }) => ({
      namespace,
      rwset: encode(KVRWSet, rwset),
      collectionHashedRwset: collections.map(({ collectionName, hashedRwset }) => ({
        collectionName,
        hashedRwset: encode(HashedRWSet, hashedRwset),
      })),
    })),
  })
  const extension = encode(ChaincodeAction, { results, response: { status: 200 }, chaincodeId: { name: NAMESPACE } })
  const proposalResponsePayload = encode(ProposalResponsePayload, { extension })
  const action = encode(ChaincodeActionPayload, { action: { proposalResponsePayload } })
  return envelope(
    HeaderType.ENDORSER_TRANSACTION,
    spec.txId,
    blockNum,
    encode(Transaction, { actions: [{ payload: action }] }),
  )
}

function envelope(type: number, txId: string, blockNum: number, data: Uint8Array): Uint8Array {
  const timestamp = { seconds: TIME + blockNum, nanos: 1000 }
  const channelHeader = encode(ChannelHeader, { type, txId, timestamp, channelId: CHANNEL })
  const signatureHeader = encode(SignatureHeader, { creator: utf8('creator'), nonce: utf8(txId) })
  return encode(Envelope, { payload: encode(Payload, { header: { channelHeader, signatureHeader }, data }) })
}

function namespacesOf(spec: TransactionSpec): readonly NamespaceReadWriteSet[] {
  if (spec.namespaces) return spec.namespaces
  const { reads = [], ranges = [], writes = [], metadataWrites = [] } = spec
  return [{ namespace: NAMESPACE, rwset: { reads, rangeQueriesInfo: ranges, writes, metadataWrites } }]
}

const blockOf = (number: number, previousHash: Uint8Array, data: Uint8Array[], flags: number[]): Block => ({
  header: { number, previousHash, dataHash: dataHash(data) },
  data,
  metadata: [utf8(`signatures ${number}`), new Uint8Array(), Uint8Array.from(flags)],
})

export const genesis: Uint8Array = encodeBlock(
  blockOf(0, new Uint8Array(), [envelope(HeaderType.CONFIG, '', 0, utf8('configuration'))], []),
)

/** The next block of a ledger, as an orderer would send it; `code` of a transaction stands in its flags. */
export function nextBlock(ledger: Pick<Ledger, 'height' | 'tip'>, specs: readonly TransactionSpec[]): Block {
  const data = specs.map((spec) => envelopeOf(spec, ledger.height))
  return blockOf(
    ledger.height,
    ledger.tip.hash,
    data,
    specs.map(({ code = 0 }) => code),
  )
}

export function commit(ledger: Ledger, specs: readonly TransactionSpec[]): Promise<CommittedBlock> {
  const block = nextBlock(ledger, specs)
  return ledger.commit(block, candidatesOf(block))
}

/** Folders that go away after the test, and ledgers that are closed before. */
export class Bench {
  private readonly directories: string[] = []
  private readonly ledgers: Ledger[] = []

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'ledger-'))
    this.directories.push(directory)
    return directory
  }

  async open(directory?: string, options: Partial<LedgerOptions> = {}): Promise<Ledger> {
    const ledger = await openLedger(directory ?? (await this.directory()), { channel: CHANNEL, genesis, ...options })
    this.ledgers.push(ledger)
    return ledger
  }

  async clear(): Promise<void> {
    for (const ledger of this.ledgers.splice(0)) await ledger.close()
    for (const directory of this.directories.splice(0)) await rm(directory, { recursive: true, force: true })
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Awaits a rejection and gives its error. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { code?: string; place?: string }> {
  return promise.then(
    () => {
      throw new Error('the promise was to be rejected')
    },
    (error: Error) => error,
  )
}
