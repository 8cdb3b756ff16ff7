import { randomBytes } from 'node:crypto'
import {
  ApproveChaincodeDefinitionArgs,
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
import { LIFECYCLE_NAMESPACE, type ChaincodeSpecification, type Signer } from './consortium/index.js'
import { openProposal } from './endorser/index.js'
import { CommitWaiter, endorse, type PeerNode } from './gateway/index.js'
import { approvedPackage, asDefinition, definitionOf, type Definition } from './lifecycle/index.js'
import type { Broadcast } from './orderer/index.js'
import { RpcError } from './rpc/index.js'

export interface DeployContext {
  channel: Channel
  peers: ReadonlyMap<string, PeerNode>
  /** What each organisation runs: package ids by MSP id and the chaincode's name. */
  packages: ReadonlyMap<string, ReadonlyMap<string, string>>
  broadcast: Broadcast
  /** The administrators of the organisations with a peer, by MSP id. */
  admins: ReadonlyMap<string, Signer>
}

/**
 * Defines chaincodes on the channel as its organisations would: each approves with its own package, by a transaction of
 * its own, and a commit that all endorse follows. A definition that is there already and says the same is left as it is;
 * one that says something else is followed by the next sequence. What is approved already is not approved again.
 *
 * @throws Error when a transaction is refused or comes out invalid
 */
export async function deploy(
  context: DeployContext,
  specifications: readonly Omit<ChaincodeSpecification, 'sequence'>[],
): Promise<void> {
  const steps = await Promise.all(specifications.map((one) => plan(context, one)))
  const commits = new CommitWaiter(context.channel.ledger)
  const send = (mspId: string, name: string, argument: Uint8Array, organizations: readonly string[]): Promise<void> =>
    submit(context, commits, mspId, [Buffer.from(name), argument], organizations)
  try {
    // Side by side: approvals of all organisations share a block or two
    await Promise.all(
      steps.flatMap(({ definition, approvals }) =>
        [...approvals].map(([mspId, packageId]) => {
          const argument = encode(ApproveChaincodeDefinitionArgs, {
            ...definition,
            source: { localPackage: { packageId } },
          })
          return send(mspId, 'ApproveChaincodeDefinitionForMyOrg', argument, [mspId])
        }),
      ),
    )
    const organizations = [...context.admins.keys()]
    const [first = ''] = organizations
    await Promise.all(
      steps
        .filter(({ isCommitted }) => !isCommitted)
        .map(({ definition }) =>
          send(first, 'CommitChaincodeDefinition', encode(ChaincodeDefinition, definition), organizations),
        ),
    )
  } finally {
    commits.close()
  }
}

interface Step {
  readonly definition: Definition
  readonly isCommitted: boolean
  /** The organisations that have to approve yet, and their packages. */
  readonly approvals: ReadonlyMap<string, string>
}

async function plan(
  { channel, packages }: DeployContext,
  specification: Omit<ChaincodeSpecification, 'sequence'>,
): Promise<Step> {
  const { name } = specification
  const state = channel.ledger.snapshot()
  try {
    const committed = await channel.definitions.find(state, name)
    const sequence = committed?.sequence ?? 0
    const next = definitionOf({ ...specification, sequence: sequence + 1 })
    const isCommitted = committed !== undefined && isSame(asDefinition(committed), next)
    const definition = isCommitted ? { ...next, sequence } : next
    const approvals = new Map<string, string>()
    for (const [mspId, ids] of packages) {
      const packageId = ids.get(name) ?? ''
      if ((await approvedPackage(state, mspId, definition)) !== packageId) approvals.set(mspId, packageId)
    }
    return { definition, isCommitted, approvals }
  } finally {
    await state.close()
  }
}

function isSame(present: Definition, wanted: Definition): boolean {
  const collections = ({ collections = { config: [] } }: Definition) => encode(CollectionConfigPackage, collections)
  return (
    present.version === wanted.version &&
    present.initRequired === wanted.initRequired &&
    equalBytes(present.validationParameter, wanted.validationParameter) &&
    equalBytes(collections(present), collections(wanted))
  )
}

async function submit(
  { channel, peers, broadcast, admins }: DeployContext,
  commits: CommitWaiter,
  mspId: string,
  args: Uint8Array[],
  organizations: readonly string[],
): Promise<void> {
  const [admin, local] = [admins.get(mspId), peers.get(mspId)]
  if (!admin || !local) throw new Error('a network without node organisations can define no chaincode')
  const now = channel.clock().getTime()
  const { proposalBytes, transactionId } = buildProposal({
    channel: channel.id,
    chaincode: LIFECYCLE_NAMESPACE,
    args,
    creator: admin.creator,
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
  })
  const signed = encode(SignedProposal, { proposalBytes, signature: admin.sign(proposalBytes) })
  const proposal = openProposal(peer.SignedProposal.deserializeBinary(signed))
  const payload = await endorse({ channel, local, peers }, proposal, organizations).catch(refused)
  const answer = await broadcast(encode(Envelope, { payload, signature: admin.sign(payload) }))
  if (answer.status !== common.Status.SUCCESS) throw new Error(`the definition was not ordered: ${answer.info}`)
  const { code } = await commits.wait(transactionId, new AbortController().signal)
  if (code !== TxValidationCode.VALID) throw new Error(`the definition is invalid: validation code ${String(code)}`)
}

/** Tells what the peers said: whoever starts a network sees no details of a gateway's answer. */
function refused(cause: unknown): never {
  const reasons = cause instanceof RpcError ? cause.details.map(({ mspId, message }) => `${mspId}: ${message}`) : []
  throw new Error(`a chaincode definition was refused: ${reasons.join('; ') || String(cause)}`, { cause })
}
