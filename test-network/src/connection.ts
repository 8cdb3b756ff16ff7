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
  /** The peer's name in its TLS certificate, which its address is not. */
  tlsName?: string
  /** A new gRPC client to the peer; the caller closes it. */
  grpcClient: () => Client
}

/** Opens a gRPC client as the official packages want it. */
export function grpcClient(address: string, tls?: { roots: string; name: string }): Client {
  const unlimited = { 'grpc.max_receive_message_length': -1 }
  if (!tls) return new Client(address, credentials.createInsecure(), unlimited)
  const names = { 'grpc.ssl_target_name_override': tls.name, 'grpc.default_authority': tls.name }
  return new Client(address, credentials.createSsl(Buffer.from(tls.roots)), { ...unlimited, ...names })
}
