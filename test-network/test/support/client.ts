import { createPrivateKey } from 'node:crypto'
import { connect, hash, signers, type Contract } from '@hyperledger/fabric-gateway'
import type { Connection } from '../../src/index.js'

/** Runs work with a contract as a client of fabric-gateway sees it, over a connection of its own. */
export async function withContract<T>(
  { channel, mspId, certificate, privateKey, grpcClient }: Omit<Connection, 'address'>,
  chaincode: string,
  work: (contract: Contract) => Promise<T>,
): Promise<T> {
  const client = grpcClient()
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(privateKey)),
    hash: hash.sha256,
  })
  try {
    return await work(gateway.getNetwork(channel).getContract(chaincode))
  } finally {
    gateway.close()
    client.close()
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
