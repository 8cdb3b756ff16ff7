import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { common, peer } from '@hyperledger/fabric-protos'
import { filteredBlock } from '../blocks/index.js'
import type { Channel } from '../channel/index.js'
import { deliverStream } from './stream.js'

const READERS = '/Channel/Application/Readers'

type DeliverResponse = InstanceType<typeof peer.DeliverResponse>

/** The deliver service of a peer: full blocks, filtered blocks, and blocks with private data (here there is none). */
export function deliverService(channel: Channel): UntypedServiceImplementation {
  return {
    deliver: stream(channel, (response, bytes) => {
      response.setBlock(common.Block.deserializeBinary(bytes))
    }),
    deliverFiltered: stream(channel, (response, bytes) => {
      response.setFilteredBlock(filteredBlock(channel.id, bytes))
    }),
    deliverWithPrivateData: stream(channel, (response, bytes) => {
      const both = new peer.BlockAndPrivateData()
      both.setBlock(common.Block.deserializeBinary(bytes))
      response.setBlockAndPrivateData(both)
    }),
  }
}

function stream(channel: Channel, fill: (response: DeliverResponse, bytes: Uint8Array) => void) {
  return deliverStream(channel, READERS, {
    block(bytes) {
      const response = new peer.DeliverResponse()
      fill(response, bytes)
      return response
    },
    status(status) {
      const response = new peer.DeliverResponse()
      response.setStatus(status as 200)
      return response
    },
  })
}
