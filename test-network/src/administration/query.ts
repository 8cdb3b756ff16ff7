import { randomBytes } from 'node:crypto'
import { buildProposal, channelConfigOf, encode, SignedProposal, type ChannelConfig } from '@caizheng/fabric-wire'
import type { ServiceError } from '@grpc/grpc-js'
import { peer } from '@hyperledger/fabric-protos'
import type { Signer } from '../consortium/index.js'
import { clientTo, type NodeEndpoint } from './endpoints.js'

const DEADLINE = 30_000

/** The configuration that is in force on a peer, see `readConfigBlock`. */
export async function readConfiguration(
  endpoint: NodeEndpoint,
  channel: string,
  reader: Signer,
): Promise<ChannelConfig> {
  return channelConfigOf(await readConfigBlock(endpoint, channel, reader))
}

/**
 * The block that holds the configuration that is in force on a peer, serialized.
 *
 * @param reader - whoever may read the channel
 * @throws ServiceError, or Error in the peer's words
 */
export async function readConfigBlock(endpoint: NodeEndpoint, channel: string, reader: Signer): Promise<Uint8Array> {
  const now = Date.now()
  const { proposalBytes } = buildProposal({
    channel,
    chaincode: 'cscc',
    args: [Buffer.from('GetConfigBlock'), Buffer.from(channel)],
    creator: reader.creator,
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
  })
  const signed = encode(SignedProposal, { proposalBytes, signature: reader.sign(proposalBytes) })
  const response = peer.ProposalResponse.deserializeBinary(await processProposal(endpoint, signed)).getResponse()
  if (response?.getStatus() === 200) return response.getPayload_asU8()
  throw new Error(response?.getMessage() ?? 'the peer gave no response')
}

async function processProposal(endpoint: NodeEndpoint, signed: Uint8Array): Promise<Uint8Array> {
  const client = clientTo(endpoint)
  const pass = (bytes: Buffer): Buffer => bytes
  const options = { deadline: Date.now() + DEADLINE }
  try {
    return await new Promise((resolve, reject) => {
      const answer = (error: ServiceError | null, response?: Buffer): void => {
        if (error || !response) reject(error ?? new Error('no answer'))
        else resolve(response)
      }
      client.makeUnaryRequest('/protos.Endorser/ProcessProposal', pass, pass, Buffer.from(signed), options, answer)
    })
  } finally {
    client.close()
  }
}
