import { buildTransactionEnvelopePayload, decodeLoose, encode, Envelope, ProposalResponse } from '@caizheng/fabric-wire'
import type { Client } from '@grpc/grpc-js'
import { common, gateway } from '@hyperledger/fabric-protos'
import { openGateway, type GatewaySession } from '../gateway.js'
import type { NetworkUnderTest } from '../network.js'
import { unary } from '../unary.js'
import { ChainFollower } from './follower.js'
import { invocationOf } from './invocation.js'
import type { ProgramTransaction } from './program.js'
import { ProgramSigner } from './signer.js'

/** What one peer answered to a proposal. */
export interface EndorserAnswer {
  readonly organization: string
  readonly status: number
  readonly message: string
  /** The ProposalResponsePayload; empty where the peer refused. */
  readonly payload: Uint8Array
  readonly endorsement: { readonly endorser: Uint8Array; readonly signature: Uint8Array }
}

/** A transaction with all answers to it, ready to be submitted where at least one peer endorsed it. */
export interface Endorsed {
  readonly transactionId: string
  readonly answers: readonly EndorserAnswer[]
  /** The serialized envelope. */
  readonly envelope: Uint8Array | undefined
}

/** Asks each peer by itself, so that nothing is planned, repeated or held back by a gateway. */
export class ProgramSession {
  readonly #clients = new Map<string, Client>()
  readonly #signers = new Map<string, ProgramSigner>()
  readonly #sessions: GatewaySession[] = []
  readonly followers = new Map<string, ChainFollower>()

  private constructor(readonly network: NetworkUnderTest) {}

  static async open(network: NetworkUnderTest): Promise<ProgramSession> {
    const session = new ProgramSession(network)
    for (const mspId of network.nodeOrganizations) {
      const credentials = network.connect(mspId)
      session.#clients.set(mspId, credentials.grpcClient())
      const follower = openGateway(credentials)
      session.#sessions.push(follower)
      session.followers.set(mspId, await ChainFollower.open(follower, network.channel, mspId))
    }
    return session
  }

  close(): void {
    for (const follower of this.followers.values()) follower.close()
    for (const session of this.#sessions) session.close()
    for (const client of this.#clients.values()) client.close()
  }

  /** Has a transaction endorsed by the peers that it names. */
  async endorse(prefix: string, transaction: ProgramTransaction): Promise<Endorsed> {
    const signer = this.#signer(transaction.creator)
    const proposed = signer.propose(transaction.chaincode, invocationOf(prefix, transaction.steps))
    const answers = await Promise.all(transaction.endorsers.map((mspId) => this.#ask(mspId, proposed.signedProposal)))
    const agreed = answers.find(({ payload }) => payload.length > 0)?.payload
    if (!agreed) return { transactionId: proposed.transactionId, answers, envelope: undefined }
    const endorsements = answers
      .filter(({ payload }) => Buffer.from(payload).equals(agreed))
      .map(({ endorsement }, at) => (at === 0 && transaction.spoilt ? spoilt(endorsement) : endorsement))
    const payload = buildTransactionEnvelopePayload(proposed.proposalBytes, agreed, endorsements)
    const envelope = encode(Envelope, { payload, signature: signer.sign(payload) })
    return { transactionId: proposed.transactionId, answers, envelope }
  }

  /** Hands an envelope to the ordering service. @throws ServiceError */
  async submit(transactionId: string, envelope: Uint8Array): Promise<void> {
    const request = new gateway.SubmitRequest()
    request.setTransactionId(transactionId)
    request.setChannelId(this.network.channel)
    request.setPreparedTransaction(common.Envelope.deserializeBinary(envelope))
    const [organization = ''] = this.network.nodeOrganizations
    await unary(this.#client(organization), '/gateway.Gateway/Submit', request.serializeBinary())
  }

  async #ask(organization: string, signedProposal: Uint8Array): Promise<EndorserAnswer> {
    const none = { endorser: new Uint8Array(), signature: new Uint8Array() }
    try {
      const bytes = await unary(this.#client(organization), '/protos.Endorser/ProcessProposal', signedProposal)
      const { response, payload, endorsement } = decodeLoose(ProposalResponse, bytes)
      const { status = 0, message = '' } = response ?? {}
      return {
        organization,
        status,
        message,
        payload: endorsement ? payload : none.endorser,
        endorsement: endorsement ?? none,
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { organization, status: 0, message, payload: none.endorser, endorsement: none }
    }
  }

  #client(mspId: string): Client {
    const client = this.#clients.get(mspId)
    if (!client) throw new Error(`${mspId} has no peer`)
    return client
  }

  #signer(mspId: string): ProgramSigner {
    const signer = this.#signers.get(mspId) ?? new ProgramSigner(this.network.connect(mspId))
    this.#signers.set(mspId, signer)
    return signer
  }
}

/** Another bit at the end of the signature: still well formed, and of something else. */
function spoilt({ endorser, signature }: EndorserAnswer['endorsement']): EndorserAnswer['endorsement'] {
  return { endorser, signature: signature.map((byte, at) => (at === signature.length - 1 ? byte ^ 1 : byte)) }
}
