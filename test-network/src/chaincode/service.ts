import { credentials, type ServiceClientConstructor, makeGenericClientConstructor, type ClientDuplexStream } from '@grpc/grpc-js'
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
  const Client: ServiceClientConstructor = makeGenericClientConstructor(peer.ChaincodeService, 'Chaincode')
  const clients: ChaincodeClient[] = []
  return {
    connect() {
      const client = new Client(address, credentials.createInsecure()) as unknown as ChaincodeClient
      clients.push(client)
      return Promise.resolve<ChaincodeConnection>(client.connect())
    },
    close() {
      for (const client of clients.splice(0)) client.close()
      return Promise.resolve()
    },
  }
}
