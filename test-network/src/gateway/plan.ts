import { status } from '@grpc/grpc-js'
import type { Evaluator } from '@caizheng/fabric-wire'
import { signaturePolicy, type Channel, type Collection } from '../channel/index.js'
import type { OpenedProposal } from '../endorser/index.js'
import type { StateSnapshot } from '../ledger/index.js'
import { RpcError } from '../rpc/index.js'
import type { NamespaceInterest } from '../simulator/index.js'
import { layoutsFor, type Layout } from './layouts.js'
import type { PeerNode } from './peers.js'

/**
 * Which sets of organisations can endorse a proposal, from what its first simulation touched. Only members of the
 * collections that were read can come to the same result; and transient data goes to no organisation that is not a
 * member of every collection that was written, unless the client names it.
 *
 * @param peers those that run the chaincode, the preferred one first
 * @throws RpcError FAILED_PRECONDITION when no set of peers satisfies the policies
 */
export async function planEndorsers(
  channel: Channel,
  interest: readonly NamespaceInterest[],
  { chaincode, hasTransient }: OpenedProposal,
  peers: readonly PeerNode[],
): Promise<Layout[]> {
  const unknown = { namespace: chaincode, namespacePolicy: true, keyPolicies: [], collections: [] }
  const state = channel.ledger.snapshot()
  try {
    const plan = await readPlan(channel, state, interest.length > 0 ? interest : [unknown])
    const layouts = layoutsAmong(peers, plan, hasTransient)
    if (layouts.length > 0) return layouts
    const onlyWritten = plan.collections.flatMap(({ read, name }) => (read ? [] : [name]))
    if (hasTransient && onlyWritten.length > 0 && layoutsAmong(peers, plan, false).length > 0) {
      throw new RpcError(
        status.FAILED_PRECONDITION,
        `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${onlyWritten.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`,
      )
    }
    throw new RpcError(
      status.FAILED_PRECONDITION,
      'no combination of peers can be derived which satisfy the endorsement policy: no peer combination can satisfy the endorsement policy',
    )
  } finally {
    await state.close()
  }
}

interface Plan {
  policies: Evaluator[]
  collections: { name: string; collection: Collection | undefined; read: boolean }[]
}

async function readPlan(channel: Channel, state: StateSnapshot, interest: readonly NamespaceInterest[]): Promise<Plan> {
  const plan: Plan = { policies: [], collections: [] }
  for (const { namespace, namespacePolicy, keyPolicies, collections } of interest) {
    plan.policies.push(...keyPolicies.map(signaturePolicy))
    const own = await channel.endorsementPolicy(state, namespace)
    if (!own) continue
    if (namespacePolicy) plan.policies.push(own)
    for (const { name, privateReads: read } of collections) {
      const policy = await channel.collectionPolicy(state, namespace, name)
      if (policy) plan.policies.push(policy)
      plan.collections.push({ name, collection: await channel.collections.find(state, namespace, name), read })
    }
  }
  return plan
}

/** The sets of peers that satisfy the policies, among the members of the collections that only members may see. */
function layoutsAmong(peers: readonly PeerNode[], { policies, collections }: Plan, isProtected: boolean): Layout[] {
  const closed = collections.filter(({ read }) => read || isProtected)
  const allowed = peers.filter(({ identity }) => closed.every(({ collection }) => collection?.admits(identity)))
  return [...layoutsFor(policies, new Map(allowed.map(({ mspId, identity }) => [mspId, identity])))]
}
