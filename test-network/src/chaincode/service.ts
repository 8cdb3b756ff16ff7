import { credentials, makeGenericClientConstructor, type ClientDuplexStream } from '@grpc/grpc-js'
import { peer } from '@hyperledger/fabric-protos'
import type { ChaincodeConnection, ChaincodeProgram } from './connection.js'
import type { ChaincodeMessage } from './messages.js'

interface ChaincodeClient {
  connect(): ClientDuplexStream<ChaincodeMessage, ChaincodeMessage>
  close(): void
}

/**
 * A chaincode that runs as a service: the peer dials it at `address` ("127.0.0.1:9999"), as a real peer does
 * with the connection file of a chaincode-as-a-service package.
 */
export function chaincodeService(address: string): ChaincodeProgram {
  const Client = makeGenericClientConstructor(peer.ChaincodeService, 'Chaincode')
  let client: ChaincodeClient | undefined
  const close = (): void => {
    client?.close()
    client = undefined
  }
  return {
    connect() {
      close()
      // Its own connection: a shared one would still be waiting out the failure of the attempt before.
      const options = { 'grpc.use_local_subchannel_pool': 1, 'grpc.max_receive_message_length': -1 }
      client = new Client(address, credentials.createInsecure(), options) as unknown as ChaincodeClient
      return Promise.resolve<ChaincodeConnection>(client.connect())
    },
    close() {
      close()
      return Promise.resolve()
    },
  }
}
