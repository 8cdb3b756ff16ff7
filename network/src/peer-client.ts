import { createPrivateKey, randomBytes } from 'node:crypto'
import { buildProposal, encode, SignedProposal } from '@caizheng/fabric-wire'
import { type Signer } from '@caizheng/test-network'
import type { Client, ServiceError } from '@grpc/grpc-js'
import { connect, hash, signers, type Contract, type Gateway } from '@hyperledger/fabric-gateway'
import { discovery, peer } from '@hyperledger/fabric-protos'

interface PeersByOrganization {
  forEach(use: (peers: discovery.Peers, mspId: string) => void): void
}

/** An administrator's connection to the peer of an organisation; closing it closes the gRPC client. */
export class PeerClient {
  readonly #client: Client
  readonly #gateway: Gateway

  constructor(
    readonly mspId: string,
    client: Client,
    private readonly admin: Signer,
  ) {
    this.#client = client
    this.#gateway = connect({
      client: this.#client,
      identity: { mspId, credentials: Buffer.from(admin.certificatePem) },
      signer: signers.newPrivateKeySigner(createPrivateKey(admin.privateKeyPem)),
      hash: hash.sha256,
      endorseOptions: () => ({ deadline: Date.now() + 30_000 }),
      commitStatusOptions: () => ({ deadline: Date.now() + 30_000 }),
    })
  }

  /** A chaincode of the channel, through the peer's gateway. */
  contract(channel: string, name: string): Contract {
    return this.#gateway.getNetwork(channel).getContract(name)
  }

  /**
   * Calls a system chaincode of the peer itself: joining a channel, installing a package.
   * @throws ServiceError, or Error with the peer's words
   */
  async call(chaincode: string, args: readonly Uint8Array[]): Promise<Uint8Array> {
    const now = Date.now()
    const { proposalBytes } = buildProposal({
      channel: '',
      chaincode,
      args: [...args],
      creator: this.admin.creator,
      nonce: randomBytes(24),
      timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
    })
    const signed = encode(SignedProposal, { proposalBytes, signature: this.admin.sign(proposalBytes) })
    const bytes = await this.#unary('/protos.Endorser/ProcessProposal', signed)
    const response = peer.ProposalResponse.deserializeBinary(bytes).getResponse()
    if (response?.getStatus() === 200) return response.getPayload_asU8()
    throw new Error(response?.getMessage() ?? 'the peer gave no response')
  }

  /** The peers of the channel by MSP id, as this peer knows them. @throws ServiceError, or Error with the peer's words */
  async members(channel: string): Promise<ReadonlyMap<string, discovery.Peer[]>> {
    const query = new discovery.Query()
    query.setChannel(channel)
    query.setPeerQuery(new discovery.PeerMembershipQuery())
    const authentication = new discovery.AuthInfo()
    authentication.setClientIdentity(this.admin.creator)
    const request = new discovery.Request()
    request.setAuthentication(authentication)
    request.setQueriesList([query])
    const signed = new discovery.SignedRequest()
    signed.setPayload(request.serializeBinary())
    signed.setSignature(this.admin.sign(request.serializeBinary()))
    const bytes = await this.#unary('/discovery.Discovery/Discover', signed.serializeBinary())
    const [result] = discovery.Response.deserializeBinary(bytes).getResultsList()
    const members = result?.getMembers()
    if (!members) throw new Error(result?.getError()?.getContent() ?? 'the peer told no members')
    const byOrganization = new Map<string, discovery.Peer[]>()
    // The package's declarations name a type of maps that it doesn't bring
    const peersByOrg = members.getPeersByOrgMap() as unknown as PeersByOrganization
    peersByOrg.forEach((peers, mspId) => byOrganization.set(mspId, peers.getPeersList()))
    return byOrganization
  }

  close(): void {
    this.#gateway.close()
    this.#client.close()
  }

  #unary(method: string, request: Uint8Array): Promise<Uint8Array> {
    const pass = (bytes: Buffer): Buffer => bytes
    const options = { deadline: Date.now() + 30_000 }
    return new Promise((resolve, reject) => {
      const answer = (error: ServiceError | null, response?: Buffer): void => {
        if (error || !response) reject(error ?? new Error('no answer'))
        else resolve(response)
      }
      this.#client.makeUnaryRequest(method, pass, pass, Buffer.from(request), options, answer)
    })
  }
}
