import type {
  AboutDocument,
  AnchorAllOptions,
  AnchorDefaults,
  AnchoredWindow,
  Client,
  DocumentToAnchor,
  FollowedBlock,
  FollowOptions,
  Receipt,
  TimeStamper,
} from '@caizheng/client-sdk'
import { CaizhengError } from '@caizheng/client-sdk'
import { canonicalize, isContractErrorCode, type AnchorRequest, type Explanation } from '@caizheng/records'
import type { Outcome } from './outbox/outcome.js'

/** What the gateway needs of the chain: the SDK's client, with its errors sorted into outcomes and troubles. */
export interface Chain {
  readonly channel: string
  /** The department that this gateway acts for. */
  readonly msp: string
  readonly organizations: readonly string[]
  /** What the profile says of every document of this department. */
  readonly defaults: AnchorDefaults
  /** Name of the chaincode that holds the anchors. */
  readonly chaincode: string
  /**
   * Anchors a document.
   *
   * @throws {@link CaizhengError} where the chain decided nothing, or that isn't known; trying again is harmless
   */
  readonly anchor: (request: AnchorRequest, signal: AbortSignal) => Promise<Outcome>
  /** Anchors a stream of documents in batches: the SDK's batcher. */
  readonly anchorWindows: (
    documents: AsyncIterable<DocumentToAnchor>,
    options: AnchorAllOptions,
  ) => AsyncIterable<AnchoredWindow>
  /** A receipt of a batch that is on the chain, signed now. */
  readonly batchReceipt: (id: string) => Promise<Receipt>
  /** What has receipts time-stamped, where that is asked for. */
  readonly timeStamper: TimeStamper | undefined
  /** The bytes of an anchor's evidence file, signed now. */
  readonly evidence: (id: string) => Promise<Uint8Array>
  /** Why a payment application is as it is: the peer's word. */
  readonly explain: (applicationNo: string) => Promise<Explanation>
  /** Number of blocks at the peer. */
  readonly height: (signal: AbortSignal) => Promise<number>
  readonly follow: (options: FollowOptions) => AsyncIterable<FollowedBlock>
}

export function chainOf(client: Client, timeStamper?: TimeStamper): Chain {
  const { profile } = client
  return {
    channel: profile.channel,
    msp: profile.mspId,
    organizations: profile.organizations,
    defaults: profile.defaults ?? {},
    chaincode: profile.chaincodes?.evidence ?? 'evidence',
    anchor: (request, signal) => anchor(client, request, signal),
    anchorWindows: (documents, options) => client.evidence.anchorWindows(documents, { ...options, timeStamper }),
    batchReceipt: (id) => client.evidence.batch.receipt(id, { committed: true, timeStamper }),
    timeStamper,
    evidence: (id) => client.evidence.evidenceFile(id, { timeStamper }),
    explain: (applicationNo) => client.explain(applicationNo),
    height: (signal) => client.height({ signal, attempts: 1 }),
    follow: (options) => client.followBlocks(options),
  }
}

async function anchor(client: Client, request: AnchorRequest, signal: AbortSignal): Promise<Outcome> {
  const { digests, size, ...about } = request
  // The SDK wants to know the size of what it anchors; acceptance saw to it that there is one.
  if (size === undefined) throw new Error('a journalled document has no size')
  try {
    const anchored = await client.evidence.anchor({ ...digests, size }, about satisfies AboutDocument, { signal })
    return {
      state: 'ANCHORED',
      id: anchored.id,
      created: anchored.created,
      block: anchored.block,
      transaction: anchored.transactionId,
      record: canonicalize(anchored.anchor),
    }
  } catch (error) {
    if (!(error instanceof CaizhengError) || !isRefusal(error)) throw error
    const { code, message, details } = error
    return { state: 'REFUSED', refusal: { code, message, ...(details === undefined ? {} : { details }) } }
  }
}

/**
 * Codes for which no document is to blame: nobody's would pass now, and this one may pass later. The contract's clock,
 * caller and network checks are among them, since an operator can mend what they found.
 */
const troubles: ReadonlySet<string> = new Set<CaizhengError['code']>([
  'NOT_REACHABLE',
  'OVERLOADED',
  'NOT_PERMITTED',
  'CHANNEL_NOT_FOUND',
  'CHAINCODE_NOT_FOUND',
  'CHAINCODE_UNAVAILABLE',
  'NOT_ENOUGH_ORGANIZATIONS',
  'TIMED_OUT',
  'CLOSED',
  'TIME_OUT_OF_RANGE',
  'NETWORK_MISSING',
  'CALLER_NOT_ALLOWED',
  'CERTIFICATE_UNREADABLE',
])

/** Contract codes that speak of this version of the software rather than of the document. */
const ours: ReadonlySet<string> = new Set<CaizhengError['code']>(['FUNCTION_UNKNOWN', 'ARGUMENTS_COUNT', 'INTERNAL'])

/** True where the network, not the document, is why a call failed. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof CaizhengError && troubles.has(error.code)
}

/** True where the same document would be refused again: the contract's own judgement. */
function isRefusal({ code }: CaizhengError): boolean {
  return code === 'INPUT_INVALID' || (isContractErrorCode(code) && !troubles.has(code) && !ours.has(code))
}
