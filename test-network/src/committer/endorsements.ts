import { endorsementBytes, toHex, TxValidationCode, type Evaluator, type Identity } from '@caizheng/fabric-wire'
import { signaturePolicy, type Channel } from '../channel/index.js'
import type { MetadataEntry, NamespaceReadWriteSet, StateSnapshot } from '../ledger/index.js'
import { VALIDATION_PARAMETER } from '../simulator/index.js'
import type { OpenedTransaction, TransactionResults } from './envelope.js'
import { Invalid } from './invalid.js'

/** The keys whose policy an earlier valid transaction of the same block has changed, see `placeOf`. */
export type ChangedPolicies = Set<string>

/**
 * Judges a transaction by those who endorsed it with a right signature: in each namespace that it writes to, each written key by its own policy where
 * it has one, else by its collection's, else by the chaincode's; and the chaincode's policy where no key was judged.
 * @throws Invalid `ENDORSEMENT_POLICY_FAILURE`, or `INVALID_CHAINCODE` where a namespace has no definition
 */
export async function judgeEndorsements(
  channel: Channel,
  state: StateSnapshot,
  transaction: TransactionResults,
  endorsers: readonly Identity[],
  changed: ChangedPolicies,
): Promise<void> {
  const written = transaction.readWriteSet
    .filter((set) => writtenKeys(set).length > 0)
    .map(({ namespace }) => namespace)
  for (const namespace of new Set([transaction.chaincode, ...written])) {
    const namespacePolicy = await channel.endorsementPolicy(state, namespace)
    if (!namespacePolicy) throw new Invalid(TxValidationCode.INVALID_CHAINCODE)
    const keys = writtenKeys(transaction.readWriteSet.find((candidate) => candidate.namespace === namespace))
    if (keys.some((key) => changed.has(placeOf(key)))) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
    const policies = new Set<Evaluator>()
    const byCollection = new Map<string, Evaluator>()
    for (const place of keys) {
      const { collection } = place
      let common: Evaluator | undefined = namespacePolicy
      if (collection !== undefined) {
        common = byCollection.get(collection) ?? (await channel.collectionPolicy(state, namespace, collection))
        // Whatever its key's policy says: a collection that is not defined can't be written.
        if (!common) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
        byCollection.set(collection, common)
      }
      const own = keyPolicy(await place.metadata(state))
      policies.add(own ? signaturePolicy(own) : common)
    }
    if (policies.size === 0) policies.add(namespacePolicy)
    for (const policy of policies) {
      if (!policy.evaluate(endorsers)) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
    }
  }
}

/** Remembers which key policies a valid transaction changes, for those after it in the block. */
export function notePolicyChanges(transaction: TransactionResults, changed: ChangedPolicies): void {
  for (const set of transaction.readWriteSet) {
    for (const key of writtenKeys(set)) if (key.describes) changed.add(placeOf(key))
  }
}

/**
 * The endorsers whose identity and signature are valid, in the order of their endorsements. A certificate counts once,
 * in whatever form it is written, and a wrong signature before a right one of the same certificate takes nothing away.
 */
export async function validEndorsers(
  channel: Channel,
  { endorsements, responsePayload }: OpenedTransaction,
): Promise<Identity[]> {
  const verdicts = await Promise.allSettled(
    endorsements.map(({ endorser, signature }) =>
      channel.signer(endorser, endorsementBytes(responsePayload, endorser), signature),
    ),
  )
  const valid = verdicts.flatMap((verdict) => (verdict.status === 'fulfilled' ? [verdict.value] : []))
  return [...new Map(valid.map((identity) => [identity.key, identity])).values()]
}

/** A key that a transaction writes or describes, public or of a private collection. */
interface WrittenKey {
  namespace: string
  /** Absent for a public key. */
  collection?: string
  /** The key, or the hash of a private one in hexadecimal. */
  key: string
  /** Whether its metadata is written. */
  describes: boolean
  metadata(state: StateSnapshot): Promise<MetadataEntry[] | undefined>
}

const placeOf = ({ namespace, collection, key }: WrittenKey): string => JSON.stringify([namespace, collection, key])

function writtenKeys(set: NamespaceReadWriteSet | undefined): WrittenKey[] {
  if (!set) return []
  const { namespace, rwset, collections = [] } = set
  const publicKey =
    (describes: boolean) =>
    ({ key }: { key: string }): WrittenKey => ({
      namespace,
      key,
      describes,
      metadata: (state) => state.metadata(namespace, key),
    })
  const privateKey =
    (collection: string, describes: boolean) =>
    ({ keyHash }: { keyHash: Uint8Array }): WrittenKey => ({
      namespace,
      collection,
      key: toHex(keyHash),
      describes,
      metadata: (state) => state.hashedMetadata(namespace, collection, keyHash),
    })
  return [
    ...rwset.writes.map(publicKey(false)),
    ...rwset.metadataWrites.map(publicKey(true)),
    ...collections.flatMap(({ collectionName, hashedRwset }) => [
      ...hashedRwset.hashedWrites.map(privateKey(collectionName, false)),
      ...hashedRwset.metadataWrites.map(privateKey(collectionName, true)),
    ]),
  ]
}

function keyPolicy(metadata: MetadataEntry[] | undefined): Uint8Array | undefined {
  const policy = metadata?.find(({ name }) => name === VALIDATION_PARAMETER)?.value
  return policy?.length ? policy : undefined
}
