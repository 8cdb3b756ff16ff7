import {
  bytesKey,
  endorsementBytes,
  TxValidationCode,
  type Endorsement,
  type Evaluator,
  type Identity,
  type Infer,
} from '@caizheng/fabric-wire'
import { signaturePolicy, type Channel } from '../channel/index.js'
import type { MetadataEntry, NamespaceReadWriteSet, StateSnapshot } from '../ledger/index.js'
import { VALIDATION_PARAMETER } from '../simulator/index.js'
import type { EndorsedTransaction } from './envelope.js'
import { Invalid } from './invalid.js'
import { describedKeys, keyId, writes, writtenKeys, type WrittenKey } from './written-keys.js'

/** The keys whose policy an earlier valid transaction of the same block has changed, by `keyId`. */
export type ChangedPolicies = Set<string>

/**
 * Judges a transaction's endorsements: in each namespace that it writes to, each written key by its own policy where
 * it has one, else by its collection's or the chaincode's; and the invoked chaincode's policy where no key was judged
 * at all.
 * @throws Invalid `ENDORSEMENT_POLICY_FAILURE`, or `INVALID_CHAINCODE` where a namespace has no definition
 */
export async function judgeEndorsements(
  channel: Channel,
  state: StateSnapshot,
  transaction: EndorsedTransaction,
  changed: ChangedPolicies,
): Promise<void> {
  const endorsers = await validEndorsers(channel, transaction)
  const written = transaction.readWriteSet.filter(writes).map(({ namespace }) => namespace)
  for (const namespace of new Set([transaction.chaincode, ...written])) {
    const chaincodePolicy = await channel.endorsementPolicy(state, namespace)
    if (!chaincodePolicy) throw new Invalid(TxValidationCode.INVALID_CHAINCODE)
    const set = transaction.readWriteSet.find((candidate) => candidate.namespace === namespace)
    await new NamespaceJudge(channel, state, chaincodePolicy, endorsers).judge(set, changed)
  }
}

/** Judges the writes of one namespace. Each policy that is not of a single key is asked once. */
class NamespaceJudge {
  readonly #asked = new Set<Evaluator>()
  readonly #collections = new Map<string, Evaluator | undefined>()
  #judged = false

  constructor(
    private readonly channel: Channel,
    private readonly state: StateSnapshot,
    private readonly chaincodePolicy: Evaluator,
    private readonly endorsers: readonly Identity[],
  ) {}

  async judge(set: NamespaceReadWriteSet | undefined, changed: ChangedPolicies): Promise<void> {
    for (const written of set ? writtenKeys(set) : []) {
      if (changed.has(keyId(written))) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
      const common = await this.#common(written)
      // Whatever its key's policy says: a collection that is not defined can't be written.
      if (!common) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
      const own = keyPolicy(await this.#metadata(written))
      this.#require(own ? signaturePolicy(own) : common)
    }
    if (!this.#judged) this.#require(this.chaincodePolicy)
  }

  /** The policy of the collection or the chaincode; undefined where there is no such collection. */
  async #common({ namespace, collection }: WrittenKey): Promise<Evaluator | undefined> {
    if (collection === undefined) return this.chaincodePolicy
    if (!this.#collections.has(collection)) {
      const { collections } = this.channel
      const policy = await collections.endorsementPolicy(this.state, namespace, collection, this.chaincodePolicy)
      this.#collections.set(collection, policy)
    }
    return this.#collections.get(collection)
  }

  #require(policy: Evaluator): void {
    this.#judged = true
    if (this.#asked.has(policy)) return
    if (!policy.evaluate(this.endorsers)) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
    this.#asked.add(policy)
  }

  #metadata({ namespace, collection, key }: WrittenKey): Promise<MetadataEntry[] | undefined> {
    return typeof key === 'string'
      ? this.state.metadata(namespace, key)
      : this.state.hashedMetadata(namespace, collection ?? '', key)
  }
}

/** Remembers which key policies a valid transaction changes, for those after it in the block. */
export function notePolicyChanges(transaction: EndorsedTransaction, changed: ChangedPolicies): void {
  for (const set of transaction.readWriteSet) {
    for (const key of describedKeys(set)) changed.add(keyId(key))
  }
}

/** The endorsers whose identity and signature are valid; an endorser counts once however often it signed. */
async function validEndorsers(
  channel: Channel,
  { endorsements, responsePayload }: EndorsedTransaction,
): Promise<Identity[]> {
  const distinct = new Map<string, Infer<typeof Endorsement>>()
  for (const endorsement of endorsements) {
    const endorser = bytesKey(endorsement.endorser)
    if (!distinct.has(endorser)) distinct.set(endorser, endorsement)
  }
  const verdicts = await Promise.allSettled(
    [...distinct.values()].map(({ endorser, signature }) =>
      channel.signer(endorser, endorsementBytes(responsePayload, endorser), signature),
    ),
  )
  return verdicts.flatMap((verdict) => (verdict.status === 'fulfilled' ? [verdict.value] : []))
}

function keyPolicy(metadata: MetadataEntry[] | undefined): Uint8Array | undefined {
  const policy = metadata?.find(({ name }) => name === VALIDATION_PARAMETER)?.value
  return policy?.length ? policy : undefined
}
