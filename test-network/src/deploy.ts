import { randomBytes } from 'node:crypto'
import {
  buildProposal,
  ChaincodeDefinition,
  CollectionConfigPackage,
  encode,
  Envelope,
  equalBytes,
  SignedProposal,
  TxValidationCode,
} from '@caizheng/fabric-wire'
import { common, peer } from '@hyperledger/fabric-protos'
import type { Channel } from './channel/index.js'
import {
  applicationPolicy,
  collectionPackage,
  LIFECYCLE_NAMESPACE,
  type ChaincodeSpecification,
  type Signer,
} from './consortium/index.js'
import { openProposal } from './endorser/index.js'
import { CommitWaiter, endorse, type PeerNode } from './gateway/index.js'
import type { Broadcast } from './orderer/index.js'
import { approvalKey, type Approvals } from './system/index.js'

export interface DeployContext {
  channel: Channel
  peers: ReadonlyMap<string, PeerNode>
  approvals: readonly Approvals[]
  broadcast: Broadcast
  /** The administrator who submits the definition. */
  admin: Signer
}

/**
 * Defines a chaincode on the channel: every node organisation approves, and the commit is an ordinary transaction of
 * `_lifecycle`, endorsed by all of them. A definition that is there already and says the same is left as it is; one
 * that says something else is followed by the next sequence.
 *
 * @throws Error when the transaction is refused or comes out invalid
 */
export async function deploy(
  context: DeployContext,
  specification: Omit<ChaincodeSpecification, 'sequence'>,
): Promise<void> {
  const sequence = await nextSequence(context.channel, specification)
  if (sequence === undefined) return
  const argument = commitArgument({ ...specification, sequence })
  for (const approvals of context.approvals) approvals.set(approvalKey(argument), { ...specification, sequence })
  try {
    await submit(context, argument)
  } finally {
    for (const approvals of context.approvals) approvals.delete(approvalKey(argument))
  }
}

async function nextSequence(
  channel: Channel,
  { name, version, endorsementPolicy, collections = [] }: Omit<ChaincodeSpecification, 'sequence'>,
): Promise<number | undefined> {
  const state = channel.ledger.snapshot()
  try {
    const present = await channel.definitions.find(state, name)
    if (!present) return 1
    const samePolicy = equalBytes(present.validationParameter, applicationPolicy(endorsementPolicy))
    const sameCollections = equalBytes(
      encode(CollectionConfigPackage, {
        config: present.collections.map((one) => ({ staticCollectionConfig: one })),
      }),
      encode(CollectionConfigPackage, collectionPackage(collections)),
    )
    return present.version === version && samePolicy && sameCollections ? undefined : present.sequence + 1
  } finally {
    await state.close()
  }
}

function commitArgument(specification: ChaincodeSpecification): Uint8Array {
  const { name, version, sequence, endorsementPolicy, initRequired = false, collections = [] } = specification
  return encode(ChaincodeDefinition, {
    sequence,
    name,
    version,
    endorsementPlugin: 'escc',
    validationPlugin: 'vscc',
    validationParameter: applicationPolicy(endorsementPolicy),
    initRequired,
    ...(collections.length > 0 && { collections: collectionPackage(collections) }),
  })
}

async function submit({ channel, peers, broadcast, admin }: DeployContext, argument: Uint8Array): Promise<void> {
  const now = channel.clock().getTime()
  const { proposalBytes, transactionId } = buildProposal({
    channel: channel.id,
    chaincode: LIFECYCLE_NAMESPACE,
    args: [Buffer.from('CommitChaincodeDefinition'), argument],
    creator: admin.creator,
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
  })
  const signed = encode(SignedProposal, { proposalBytes, signature: admin.sign(proposalBytes) })
  const proposal = openProposal(peer.SignedProposal.deserializeBinary(signed))
  const [local] = peers.values()
  if (!local) throw new Error('a network without node organisations can define no chaincode')
  const payload = await endorse({ channel, local, peers }, proposal, [...peers.keys()])
  const commits = new CommitWaiter(channel.ledger)
  try {
    const answer = await broadcast(encode(Envelope, { payload, signature: admin.sign(payload) }))
    if (answer.status !== common.Status.SUCCESS) throw new Error(`the definition was not ordered: ${answer.info}`)
    const { code } = await commits.wait(transactionId, new AbortController().signal)
    if (code !== TxValidationCode.VALID) throw new Error(`the definition is invalid: validation code ${String(code)}`)
  } finally {
    commits.close()
  }
}
