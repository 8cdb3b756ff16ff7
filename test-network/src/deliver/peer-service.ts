import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import type { Identity } from '@caizheng/fabric-wire'
import { common, peer } from '@hyperledger/fabric-protos'
import { filteredBlock } from '../blocks/index.js'
import type { Channel, Resource } from '../channel/index.js'
import { blockAndPrivateData } from './private-data.js'
import { deliverStream } from './stream.js'

type DeliverResponse = InstanceType<typeof peer.DeliverResponse>

/** The deliver service of an organisation's peer: full blocks, filtered blocks, and blocks with its private data. */
export function deliverService(channel: Channel, organization: string): UntypedServiceImplementation {
  return {
    deliver: stream(channel, 'event/Block', (response, bytes) => {
      response.setBlock(common.Block.deserializeBinary(bytes))
    }),
    deliverFiltered: stream(channel, 'event/FilteredBlock', (response, bytes) => {
      response.setFilteredBlock(filteredBlock(channel.id, bytes))
    }),
    deliverWithPrivateData: stream(channel, 'event/Block', async (response, bytes, reader) => {
      response.setBlockAndPrivateData(await blockAndPrivateData(bytes, { channel, organization, reader }))
    }),
  }
}

type Fill = (response: DeliverResponse, bytes: Uint8Array, reader: Identity) => void | Promise<void>

function stream(channel: Channel, resource: Resource, fill: Fill) {
  return deliverStream(channel, resource, {
    async block(bytes, reader) {
      const response = new peer.DeliverResponse()
      await fill(response, bytes, reader)
      return response
    },
    status(status) {
      const response = new peer.DeliverResponse()
      response.setStatus(status as 200)
      return response
    },
  })
}
