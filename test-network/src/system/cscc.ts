import { decodeLoose, Envelope, parseBlock, Payload, SerializedIdentity } from '@caizheng/fabric-wire'
import { common, peer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import { failure, success, wordsOf, type SystemChaincode } from './system-chaincode.js'

/** The configuration chaincode of one organisation's peer, as far as clients ask it. Joining channels is no part. */
export function cscc(organization: string): SystemChaincode {
  return {
    readsLedgerOnly: true,
    async invoke({ channel, proposal }) {
      const [name = '', channelId] = proposal.args.map((argument) => Buffer.from(argument).toString())
      if (name === 'GetChannels') {
        const { mspid } = decodeLoose(SerializedIdentity, proposal.creator)
        if (mspid === organization) return success(channelsOf(channel))
        return failure(
          'access denied for [GetChannels]: Failed deserializing proposal creator during channelless check policy ' +
            `with policy [Members]: [expected MSP ID ${organization}, received ${mspid}]`,
        )
      }
      if (name !== 'GetConfigBlock' && name !== 'GetChannelConfig') {
        return failure(`Requested function ${name} not found.`)
      }
      if (channelId === undefined) return failure(`Incorrect number of arguments, ${String(proposal.args.length)}`)
      if (channelId !== channel.id) {
        return failure(
          `access denied for [${name}][${channelId}]: Failed to get policy manager for channel [${channelId}]`,
        )
      }
      try {
        channel.authorizeCreator(`cscc/${name}`, proposal.creator)
      } catch (error) {
        return failure(`access denied for [${name}][${channelId}]: ${wordsOf(error)}`)
      }
      const block = await channel.ledger.block(channel.configBlock)
      if (!block) return failure('the ledger has no configuration block')
      return success(name === 'GetConfigBlock' ? block : configOf(block))
    },
  }
}

function channelsOf(channel: Channel): Uint8Array {
  const info = new peer.ChannelInfo()
  info.setChannelId(channel.id)
  const answer = new peer.ChannelQueryResponse()
  answer.setChannelsList([info])
  return answer.serializeBinary()
}

function configOf(block: Uint8Array): Uint8Array {
  const [envelope = new Uint8Array()] = parseBlock(block).data
  const { data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
  return common.ConfigEnvelope.deserializeBinary(data).getConfig()?.serializeBinary() ?? new Uint8Array()
}
