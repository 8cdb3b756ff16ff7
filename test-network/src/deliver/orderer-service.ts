import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js'
import { encodeBlock, parseBlock } from '@caizheng/fabric-wire'
import { common, orderer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import type { Broadcast } from '../orderer/index.js'
import { drained } from '../rpc/index.js'
import { deliverStream } from './stream.js'

type Envelope = InstanceType<typeof common.Envelope>
type BroadcastStream = ServerDuplexStream<Envelope, InstanceType<typeof orderer.BroadcastResponse>>

/** The ordering service as clients and peers of Fabric call it: broadcast, and blocks without a peer's verdicts. */
export function ordererService(channel: Channel, broadcast: Broadcast): UntypedServiceImplementation {
  return {
    broadcast(call: BroadcastStream) {
      void receive(call, broadcast)
    },
    deliver: deliverStream(channel, '/Channel/Readers', {
      block(bytes) {
        const response = new orderer.DeliverResponse()
        response.setBlock(common.Block.deserializeBinary(asOrdered(bytes)))
        return response
      },
      status(status) {
        const response = new orderer.DeliverResponse()
        response.setStatus(status as 200)
        return response
      },
    }),
  }
}

async function receive(call: BroadcastStream, broadcast: Broadcast): Promise<void> {
  const gone = new AbortController()
  for (const event of ['cancelled', 'close', 'error'] as const) {
    call.on(event, () => {
      gone.abort()
    })
  }
  try {
    for await (const envelope of call as AsyncIterable<Envelope>) {
      const { status, info } = await broadcast(envelope.serializeBinary())
      const response = new orderer.BroadcastResponse()
      response.setStatus(status as 200)
      response.setInfo(info)
      // Whoever reads no answers is read no further: they would pile up here
      if (!call.write(response)) await drained(call, gone.signal)
    }
    call.end()
  } catch (error) {
    // Where the client went away, what it handed over is ordered all the same
    if (!gone.signal.aborted) process.emitWarning(`a stream of transactions failed: ${String(error)}`)
  }
}

/** The block as the orderers made it: verdicts and commit hash are a peer's, and each peer finds its own. */
function asOrdered(bytes: Uint8Array): Uint8Array {
  const block = parseBlock(bytes)
  const metadata = block.metadata.map((entry, index) => (index < 2 ? entry : new Uint8Array()))
  return encodeBlock({ ...block, metadata })
}
