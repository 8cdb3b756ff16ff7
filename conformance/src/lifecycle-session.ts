import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { buildProposal, encode, SerializedIdentity, SignedProposal, toLowS } from '@caizheng/fabric-wire'
import { applicationPolicy } from '@caizheng/test-network'
import type { ServiceError } from '@grpc/grpc-js'
import { gateway, peer } from '@hyperledger/fabric-protos'
import { openGateway, type GatewaySession } from './gateway.js'
import type { Credentials } from './network.js'

const { lifecycle } = peer
const LIFECYCLE = '_lifecycle'

/** A definition as the cases write it. */
export interface DefinitionUnderTest {
  name: string
  version: string
  sequence: number
  /** A policy expression. */
  endorsementPolicy?: string
  initRequired?: boolean
}

/** An answer of a peer to a proposal that names no channel. */
export interface PeerAnswer {
  status: number
  message: string
  payload: Uint8Array
}

/** An administrator who installs, approves and commits, with Fabric's own messages. */
export class LifecycleSession {
  readonly gateway: GatewaySession

  constructor(private readonly credentials: Credentials) {
    this.gateway = openGateway(credentials)
  }

  get mspId(): string {
    return this.credentials.mspId
  }

  close(): void {
    this.gateway.close()
  }

  install(bytes: Uint8Array): Promise<PeerAnswer> {
    const args = new lifecycle.InstallChaincodeArgs()
    args.setChaincodeInstallPackage(bytes)
    return this.callPeer('InstallChaincode', args.serializeBinary())
  }

  async approve(definition: DefinitionUnderTest, packageId?: string): Promise<void> {
    const args = fill(new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), definition)
    const source = new lifecycle.ChaincodeSource()
    if (packageId === undefined) {
      source.setUnavailable(new lifecycle.ChaincodeSource.Unavailable())
    } else {
      const local = new lifecycle.ChaincodeSource.Local()
      local.setPackageId(packageId)
      source.setLocalPackage(local)
    }
    args.setSource(source)
    await this.#submit('ApproveChaincodeDefinitionForMyOrg', args.serializeBinary(), [this.mspId])
  }

  /** Who has approved, and in what the approvals of the others differ. */
  async readiness(definition: DefinitionUnderTest) {
    const args = fill(new lifecycle.CheckCommitReadinessArgs(), definition)
    const answer = await this.evaluate('CheckCommitReadiness', args.serializeBinary())
    const result = lifecycle.CheckCommitReadinessResult.deserializeBinary(answer)
    const mismatches = entriesOf(result.getMismatchesMap()).map(
      ([mspId, items]) => [mspId, (items as { getItemsList(): string[] }).getItemsList()] as const,
    )
    return { approvals: approvalsOf(result.getApprovalsMap()), mismatches: Object.fromEntries(mismatches) }
  }

  async commit(definition: DefinitionUnderTest, organizations: readonly string[]): Promise<void> {
    const args = fill(new lifecycle.CommitChaincodeDefinitionArgs(), definition)
    await this.#submit('CommitChaincodeDefinition', args.serializeBinary(), organizations)
  }

  /** The definition of a chaincode, and who has approved it. */
  async definition(name: string) {
    const args = new lifecycle.QueryChaincodeDefinitionArgs()
    args.setName(name)
    const answer = await this.evaluate('QueryChaincodeDefinition', args.serializeBinary())
    const result = lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(answer)
    return {
      version: result.getVersion(),
      sequence: result.getSequence(),
      initRequired: result.getInitRequired(),
      approvals: approvalsOf(result.getApprovalsMap()),
    }
  }

  async definitionNames(): Promise<string[]> {
    const args = new lifecycle.QueryChaincodeDefinitionsArgs()
    const answer = await this.evaluate('QueryChaincodeDefinitions', args.serializeBinary())
    return lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(answer)
      .getChaincodeDefinitionsList()
      .map((one) => one.getName())
  }

  /** The organisation's own approval, and the package that it named. Sequence 0 asks for the latest. */
  async approved(name: string, sequence = 0) {
    const args = new lifecycle.QueryApprovedChaincodeDefinitionArgs()
    args.setName(name)
    args.setSequence(sequence)
    const answer = await this.evaluate('QueryApprovedChaincodeDefinition', args.serializeBinary())
    const result = lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(answer)
    return {
      sequence: result.getSequence(),
      version: result.getVersion(),
      packageId: result.getSource()?.getLocalPackage()?.getPackageId(),
    }
  }

  /** Asks this organisation's peer a question of the channel. */
  evaluate(name: string, argument: Uint8Array): Promise<Uint8Array> {
    return this.gateway
      .contract(LIFECYCLE)
      .evaluate(name, { arguments: [argument], endorsingOrganizations: [this.mspId] })
  }

  /** Calls a function of the peer itself, without a channel. @throws ServiceError where the proposal is refused */
  async callPeer(name: string, argument: Uint8Array): Promise<PeerAnswer> {
    const { proposal } = this.#propose('', LIFECYCLE, [Buffer.from(name), argument], false)
    const bytes = await this.#unary('/protos.Endorser/ProcessProposal', proposal)
    const response = peer.ProposalResponse.deserializeBinary(bytes).getResponse()
    return {
      status: response?.getStatus() ?? 0,
      message: response?.getMessage() ?? '',
      payload: response?.getPayload_asU8() ?? new Uint8Array(),
    }
  }

  /** Calls a chaincode as its initialization, which the client package has no call for, and returns the verdict. */
  async initialize(chaincode: string, args: readonly string[], organizations: string[]): Promise<number> {
    const strings = args.map((arg) => Buffer.from(arg))
    const { proposal, transactionId } = this.#propose(this.credentials.channel, chaincode, strings, true)
    const proposed = new gateway.ProposedTransaction()
    proposed.setTransactionId(transactionId)
    proposed.setProposal(peer.SignedProposal.deserializeBinary(proposal))
    proposed.setEndorsingOrganizationsList(organizations)
    const transaction = await this.gateway.gateway.newProposal(proposed.serializeBinary()).endorse()
    return (await (await transaction.submit()).getStatus()).code
  }

  #propose(channel: string, chaincode: string, args: Uint8Array[], isInit: boolean) {
    const { mspId, certificate, privateKey } = this.credentials
    const now = Date.now()
    const { proposalBytes, transactionId } = buildProposal({
      channel,
      chaincode,
      args,
      isInit,
      creator: encode(SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(certificate) }),
      nonce: randomBytes(24),
      timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
    })
    const signature = toLowS(sign('sha256', proposalBytes, createPrivateKey(privateKey)))
    return { proposal: encode(SignedProposal, { proposalBytes, signature }), transactionId }
  }

  async #submit(name: string, argument: Uint8Array, organizations: readonly string[]): Promise<void> {
    const options = { arguments: [argument], endorsingOrganizations: [...organizations] }
    await this.gateway.contract(LIFECYCLE).submit(name, options)
  }

  #unary(method: string, request: Uint8Array): Promise<Uint8Array> {
    const client = this.credentials.grpcClient()
    const pass = (bytes: Buffer): Buffer => bytes
    return new Promise<Uint8Array>((resolve, reject) => {
      const answer = (error: ServiceError | null, response?: Buffer): void => {
        if (error || !response) reject(error ?? new Error('no answer'))
        else resolve(response)
      }
      client.makeUnaryRequest(method, pass, pass, Buffer.from(request), { deadline: Date.now() + 30_000 }, answer)
    }).finally(() => {
      client.close()
    })
  }
}

interface DefinitionArguments {
  setName(name: string): unknown
  setVersion(version: string): unknown
  setSequence(sequence: number): unknown
  setInitRequired(required: boolean): unknown
  setValidationParameter(policy: Uint8Array): unknown
}

function fill<Args extends DefinitionArguments>(args: Args, definition: DefinitionUnderTest): Args {
  const { name, version, sequence, endorsementPolicy, initRequired = false } = definition
  args.setName(name)
  args.setVersion(version)
  args.setSequence(sequence)
  args.setInitRequired(initRequired)
  if (endorsementPolicy !== undefined) args.setValidationParameter(applicationPolicy(endorsementPolicy))
  return args
}

/** The package's declarations name a type of maps that it doesn't bring. */
function entriesOf(map: unknown): [string, unknown][] {
  const entries: [string, unknown][] = []
  const known = map as { forEach(use: (value: unknown, key: string) => void): void }
  known.forEach((value, key) => entries.push([key, value]))
  return entries
}

const approvalsOf = (map: unknown) => Object.fromEntries(entriesOf(map)) as Record<string, boolean>
