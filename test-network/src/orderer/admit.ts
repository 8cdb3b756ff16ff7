import { ChannelHeader, decodeLoose, Envelope, HeaderType, Payload, SignatureHeader } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'

/** Why an envelope is not taken for ordering, with the status of Fabric's broadcast service. */
export interface Refusal {
  status: number
  info: string
}

const { BAD_REQUEST, FORBIDDEN, NOT_FOUND, NOT_IMPLEMENTED } = common.Status

/**
 * What an orderer checks before it orders: form, channel, size, an unexpired creator whose signature is right and who
 * satisfies the channel's Writers. It does not look at endorsements: whether a transaction is valid is for the peers.
 */
export async function admit(channel: Channel, bytes: Uint8Array): Promise<Refusal | undefined> {
  try {
    const { payload, signature } = decodeLoose(Envelope, bytes)
    const { header } = decodeLoose(Payload, payload)
    if (!header) return { status: BAD_REQUEST, info: 'could not convert message to signedData: Missing Header' }
    const { channelId, type } = decodeLoose(ChannelHeader, header.channelHeader)
    if (channelId !== channel.id) return { status: NOT_FOUND, info: 'channel does not exist' }
    if (type === HeaderType.CONFIG_UPDATE || type === HeaderType.CONFIG) {
      return { status: NOT_IMPLEMENTED, info: 'the embedded network does not change its configuration' }
    }
    const limit = channel.config.batchSize.absoluteMaxBytes
    if (bytes.length > limit) {
      const info = `message payload is ${String(bytes.length)} bytes and exceeds maximum allowed ${String(limit)} bytes`
      return { status: BAD_REQUEST, info }
    }
    const { creator } = decodeLoose(SignatureHeader, header.signatureHeader)
    return await refuseCreator(channel, creator, payload, signature)
  } catch (error) {
    return { status: BAD_REQUEST, info: error instanceof Error ? error.message : String(error) }
  }
}

async function refuseCreator(
  channel: Channel,
  creator: Uint8Array,
  payload: Uint8Array,
  signature: Uint8Array,
): Promise<Refusal | undefined> {
  try {
    const identity = await channel.signer(creator, payload, signature)
    if (channel.isExpired(identity)) return { status: BAD_REQUEST, info: 'broadcast client identity expired' }
    channel.require('/Channel/Writers', identity)
    return undefined
  } catch (error) {
    return { status: FORBIDDEN, info: error instanceof Error ? error.message : String(error) }
  }
}
