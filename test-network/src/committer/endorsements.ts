import { endorsementBytes, TxValidationCode, type Identity } from '@caizheng/fabric-wire'
import { signaturePolicy, type Channel } from '../channel/index.js'
import type { MetadataEntry, NamespaceReadWriteSet, StateSnapshot } from '../ledger/index.js'
import { VALIDATION_PARAMETER } from '../simulator/index.js'
import type { EndorsedTransaction } from './envelope.js'
import { Invalid } from './invalid.js'

/** The keys whose policy an earlier valid transaction of the same block has changed: `namespace\0key`. */
export type ChangedPolicies = Set<string>

/**
 * Judges a transaction's endorsements: in each namespace that it writes to, each written key by its own policy where
 * it has one, else by the chaincode's; and the invoked chaincode's policy where no key was judged at all.
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
    const namespacePolicy = await channel.endorsementPolicy(state, namespace)
    if (!namespacePolicy) throw new Invalid(TxValidationCode.INVALID_CHAINCODE)
    const judge = (met: boolean): void => {
      if (!met) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
    }
    let judgedByKey = false
    let judgedByNamespace = false
    const set = transaction.readWriteSet.find((candidate) => candidate.namespace === namespace)
    for (const key of writtenKeys(set)) {
      if (changed.has(`${namespace}\0${key}`)) throw new Invalid(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)
      const policy = keyPolicy(await state.metadata(namespace, key))
      if (policy) {
        judge(signaturePolicy(policy).evaluate(endorsers))
        judgedByKey = true
      } else if (!judgedByNamespace) {
        judge(namespacePolicy.evaluate(endorsers))
        judgedByNamespace = true
      }
    }
    if (!judgedByKey && !judgedByNamespace) judge(namespacePolicy.evaluate(endorsers))
  }
}

/** Remembers which key policies a valid transaction changes, for those after it in the block. */
export function notePolicyChanges(transaction: EndorsedTransaction, changed: ChangedPolicies): void {
  for (const { namespace, rwset } of transaction.readWriteSet) {
    for (const { key } of rwset.metadataWrites) changed.add(`${namespace}\0${key}`)
  }
}

/**
 * The endorsers whose identity and signature are valid, in the order of their endorsements. A certificate counts once,
 * in whatever form it is written, and a wrong signature before a right one of the same certificate takes nothing away.
 */
async function validEndorsers(
  channel: Channel,
  { endorsements, responsePayload }: EndorsedTransaction,
): Promise<Identity[]> {
  const verdicts = await Promise.allSettled(
    endorsements.map(({ endorser, signature }) =>
      channel.signer(endorser, endorsementBytes(responsePayload, endorser), signature),
    ),
  )
  const valid = verdicts.flatMap((verdict) => (verdict.status === 'fulfilled' ? [verdict.value] : []))
  return [...new Map(valid.map((identity) => [identity.key, identity])).values()]
}

function writes({ rwset, collections }: NamespaceReadWriteSet): boolean {
  const publicly = rwset.writes.length + rwset.metadataWrites.length > 0
  return (
    publicly ||
    (collections ?? []).some(
      ({ hashedRwset }) => hashedRwset.hashedWrites.length + hashedRwset.metadataWrites.length > 0,
    )
  )
}

function writtenKeys(set: NamespaceReadWriteSet | undefined): string[] {
  if (!set) return []
  return [...set.rwset.writes, ...set.rwset.metadataWrites].map(({ key }) => key)
}

function keyPolicy(metadata: MetadataEntry[] | undefined): Uint8Array | undefined {
  const policy = metadata?.find(({ name }) => name === VALIDATION_PARAMETER)?.value
  return policy?.length ? policy : undefined
}
