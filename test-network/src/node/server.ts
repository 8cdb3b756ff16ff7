import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { boundNestedMessages } from '../rpc/index.js'

/** Larger messages are refused before they are read into memory. A transaction may have 10 MiB. */
const MAX_MESSAGE = 20 * 1024 * 1024

export interface ServiceOffer {
  definition: ServiceDefinition
  implementation: UntypedServiceImplementation
}

/** A server's own key and certificate, PEM. */
export interface TlsIdentity {
  certificatePem: string
  privateKeyPem: string
}

/** A gRPC server of one node, listening. */
export interface NodeServer {
  /** `127.0.0.1:7051` */
  address: string
  stop(): void
  /** Listens again where it did before it was stopped. @throws Error when the address can't be bound */
  start(): Promise<void>
}

/** Starts a server. Port 0 takes any free one. @throws Error when the address can't be bound */
export async function serve(
  address: { host: string; port: number },
  services: readonly ServiceOffer[],
  tls?: TlsIdentity,
): Promise<NodeServer> {
  boundNestedMessages()
  const listen = async (port: number): Promise<{ server: Server; port: number }> => {
    const server = new Server({
      'grpc.max_receive_message_length': MAX_MESSAGE,
      'grpc.max_send_message_length': -1,
    })
    for (const { definition, implementation } of services) server.addService(definition, implementation)
    return { server, port: await bind(server, `${address.host}:${String(port)}`, credentialsOf(tls)) }
  }
  let { server, port } = await listen(address.port)
  return {
    address: `${address.host}:${String(port)}`,
    stop: () => {
      server.forceShutdown()
    },
    async start() {
      ;({ server, port } = await listen(port))
    },
  }
}

function credentialsOf(tls: TlsIdentity | undefined): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure()
  const pair = { cert_chain: Buffer.from(tls.certificatePem), private_key: Buffer.from(tls.privateKeyPem) }
  return ServerCredentials.createSsl(null, [pair])
}

function bind(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error) reject(error)
      else resolve(port)
    })
  })
}
