import { status, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { encode, Envelope, parseBlock } from '@caizheng/fabric-wire'
import { common, gateway, type orderer, peer } from '@hyperledger/fabric-protos'
import { chaincodeEvents, followBlocks } from '../blocks/index.js'
import { AccessError, type Channel, type Resource } from '../channel/index.js'
import { openProposal, type OpenedProposal } from '../endorser/index.js'
import type { Broadcast } from '../orderer/index.js'
import { RpcError, serverStream, unary } from '../rpc/index.js'
import type { CommitWaiter } from './commit-status.js'
import { endorse } from './endorse.js'
import { evaluate } from './evaluate.js'
import type { PeerNode } from './peers.js'

type ProposedTransaction = InstanceType<typeof peer.SignedProposal> | undefined

export interface GatewayContext {
  channel: Channel
  local: PeerNode
  peers: ReadonlyMap<string, PeerNode>
  broadcast: Broadcast
  commits: CommitWaiter
}

/** The gateway service of one organisation's peer, as fabric-gateway clients call it. */
export class Gateway {
  constructor(private readonly context: GatewayContext) {}

  /** The handlers, by the names of the service definition. */
  service(): UntypedServiceImplementation {
    return {
      evaluate: unary(this.evaluate.bind(this)),
      endorse: unary(this.endorse.bind(this)),
      submit: unary(this.submit.bind(this)),
      commitStatus: unary(this.commitStatus.bind(this)),
      chaincodeEvents: serverStream(this.chaincodeEvents.bind(this)),
    }
  }

  async evaluate(
    request: InstanceType<typeof gateway.EvaluateRequest>,
  ): Promise<InstanceType<typeof gateway.EvaluateResponse>> {
    const proposal = unpack(request.getProposedTransaction())
    const { local, peers } = this.context
    const result = await evaluate(local, peers, proposal, request.getTargetOrganizationsList())
    const answer = new peer.Response()
    answer.setStatus(result.status)
    answer.setMessage(result.message)
    answer.setPayload(result.payload)
    const response = new gateway.EvaluateResponse()
    response.setResult(answer)
    return response
  }

  async endorse(
    request: InstanceType<typeof gateway.EndorseRequest>,
  ): Promise<InstanceType<typeof gateway.EndorseResponse>> {
    const proposal = unpack(request.getProposedTransaction())
    const payload = await endorse(this.context, proposal, request.getEndorsingOrganizationsList())
    const envelope = new common.Envelope()
    envelope.setPayload(payload)
    const response = new gateway.EndorseResponse()
    response.setPreparedTransaction(envelope)
    return response
  }

  async submit(
    request: InstanceType<typeof gateway.SubmitRequest>,
  ): Promise<InstanceType<typeof gateway.SubmitResponse>> {
    const prepared = request.getPreparedTransaction()
    if (!prepared) throw new RpcError(status.INVALID_ARGUMENT, 'a prepared transaction is required')
    const [payload, signature] = [prepared.getPayload_asU8(), prepared.getSignature_asU8()]
    if (signature.length === 0) {
      throw new RpcError(status.INVALID_ARGUMENT, 'prepared transaction must be signed')
    }
    const answer = await this.context.broadcast(encode(Envelope, { payload, signature }))
    if (answer.status !== common.Status.SUCCESS) {
      throw new RpcError(
        status.UNAVAILABLE,
        'insufficient number of orderers could successfully process transaction to satisfy quorum requirement',
        answer.details,
      )
    }
    return new gateway.SubmitResponse()
  }

  async commitStatus(
    signed: InstanceType<typeof gateway.SignedCommitStatusRequest>,
    signal: AbortSignal,
  ): Promise<InstanceType<typeof gateway.CommitStatusResponse>> {
    const bytes = signed.getRequest_asU8()
    if (bytes.length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'a commit status request is required')
    const request = parse('invalid status request', () => gateway.CommitStatusRequest.deserializeBinary(bytes))
    if (request.getIdentity_asU8().length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'no identity provided')
    if (request.getChannelId() === '') throw new RpcError(status.INVALID_ARGUMENT, 'no channel ID provided')
    if (request.getTransactionId() === '') {
      throw new RpcError(status.INVALID_ARGUMENT, 'transaction ID should not be empty')
    }
    await this.#authorize(
      'gateway/CommitStatus',
      request.getChannelId(),
      request.getIdentity_asU8(),
      bytes,
      signed.getSignature_asU8(),
    )
    const place = await this.context.commits.wait(request.getTransactionId(), signal)
    const response = new gateway.CommitStatusResponse()
    response.setResult(place.code as 0)
    response.setBlockNumber(place.block)
    return response
  }

  async *chaincodeEvents(
    signed: InstanceType<typeof gateway.SignedChaincodeEventsRequest>,
    signal: AbortSignal,
  ): AsyncIterable<InstanceType<typeof gateway.ChaincodeEventsResponse>> {
    const bytes = signed.getRequest_asU8()
    if (bytes.length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'a chaincode events request is required')
    const request = parse('invalid chaincode events request', () =>
      gateway.ChaincodeEventsRequest.deserializeBinary(bytes),
    )
    await this.#authorize(
      'gateway/ChaincodeEvents',
      request.getChannelId(),
      request.getIdentity_asU8(),
      bytes,
      signed.getSignature_asU8(),
    )
    const { ledger } = this.context.channel
    const after = request.getAfterTransactionId()
    const place = after === '' ? undefined : await ledger.transaction(after)
    const from = place?.block ?? startBlock(request.getStartPosition(), ledger.height)
    let passed = after === ''
    for await (const block of followBlocks(ledger, { from, signal })) {
      const events = chaincodeEvents(block).filter((event) => {
        if (passed) return event.getChaincodeId() === request.getChaincodeId()
        passed = event.getTxId() === after
        return false
      })
      if (events.length === 0) continue
      const response = new gateway.ChaincodeEventsResponse()
      response.setBlockNumber(parseBlock(block).header.number)
      response.setEventsList(events)
      yield response
    }
  }

  async #authorize(
    resource: Resource,
    channelId: string,
    identity: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<void> {
    const { channel } = this.context
    try {
      if (channelId !== channel.id) throw new AccessError(`channel ${channelId} not found`)
      channel.authorize(resource, await channel.caller(identity, message, signature))
    } catch (error) {
      throw new RpcError(status.PERMISSION_DENIED, error instanceof Error ? error.message : String(error))
    }
  }
}

function unpack(message: ProposedTransaction): OpenedProposal {
  if (!message || message.getProposalBytes_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'the proposed transaction must contain a signed proposal')
  }
  return parse('failed to unpack transaction proposal', () => openProposal(message))
}

function parse<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function startBlock(position: InstanceType<typeof orderer.SeekPosition> | undefined, height: number): number {
  if (position?.hasOldest() || position?.hasNewest()) {
    throw new RpcError(status.INVALID_ARGUMENT, 'invalid start position type: only a block number or the next commit')
  }
  return position?.getSpecified()?.getNumber() ?? height
}
