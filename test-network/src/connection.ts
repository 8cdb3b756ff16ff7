import { credentials, Client } from '@grpc/grpc-js'

/** What a client needs to act for an organisation: feed it to `connect` of fabric-gateway, or to any other client. */
export interface Connection {
  channel: string
  mspId: string
  /** The peer to speak to: the organisation's own, or for one without a node the first that has one. */
  address: string
  /** PEM. */
  certificate: string
  /** PKCS#8 PEM. */
  privateKey: string
  /** Root certificates for TLS, PEM; absent where the network runs without. */
  tlsRoots?: string
  /** A name in the peer's TLS certificate, where the address is not one that TLS may ask for. */
  tlsName?: string
  /** A new gRPC client to the peer; the caller closes it. */
  grpcClient: () => Client
}

/** Opens a gRPC client as the official packages want it. */
export function grpcClient(address: string, tlsRoots: string | undefined, tlsName?: string): Client {
  const channelCredentials =
    tlsRoots === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(tlsRoots))
  return new Client(address, channelCredentials, {
    'grpc.max_receive_message_length': -1,
    ...(tlsName !== undefined && { 'grpc.ssl_target_name_override': tlsName, 'grpc.default_authority': tlsName }),
  })
}
