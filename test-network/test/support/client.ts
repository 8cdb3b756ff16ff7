import { createPrivateKey } from 'node:crypto'
import type { Client } from '@grpc/grpc-js'
import { connect, hash, signers, type Contract, type Network } from '@hyperledger/fabric-gateway'
import type { Connection } from '../../src/index.js'

/** A client of fabric-gateway over a connection of its own. */
export interface Session {
  readonly client: Client
  readonly network: Network
  contract(chaincode: string): Contract
  close(): void
}

export function openSession({
  channel,
  mspId,
  certificate,
  privateKey,
  grpcClient,
}: Omit<Connection, 'address'>): Session {
  const client = grpcClient()
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(privateKey)),
    hash: hash.sha256,
  })
  const network = gateway.getNetwork(channel)
  return {
    client,
    network,
    contract: (chaincode) => network.getContract(chaincode),
    close() {
      gateway.close()
      client.close()
    },
  }
}

/** Runs work with a contract as a client of fabric-gateway sees it, over a connection of its own. */
export async function withContract<T>(
  connection: Omit<Connection, 'address'>,
  chaincode: string,
  work: (contract: Contract) => Promise<T>,
): Promise<T> {
  const session = openSession(connection)
  try {
    return await work(session.contract(chaincode))
  } finally {
    session.close()
  }
}

/** The message with which work fails, with what the peers say; empty where it succeeds. */
export async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason as Error & { details?: { message: string }[] },
  )
  return error === undefined ? '' : [error.message, ...(error.details ?? []).map(({ message }) => message)].join('; ')
}
