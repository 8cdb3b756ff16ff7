import { createPrivateKey } from 'node:crypto'
import { connect, hash, signers, type Contract, type Gateway } from '@hyperledger/fabric-gateway'
import type { Credentials } from './network.js'

/** A gateway of the official package over a client of its own. */
export interface GatewaySession {
  gateway: Gateway
  contract(chaincode: string): Contract
  close(): void
}

/** Connects with the official client, as any application does. */
export function openGateway(credentials: Credentials): GatewaySession {
  const client = credentials.grpcClient()
  const gateway = connect({
    client,
    identity: { mspId: credentials.mspId, credentials: Buffer.from(credentials.certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(credentials.privateKey)),
    hash: hash.sha256,
    evaluateOptions: () => ({ deadline: Date.now() + 15_000 }),
    endorseOptions: () => ({ deadline: Date.now() + 15_000 }),
    submitOptions: () => ({ deadline: Date.now() + 15_000 }),
    commitStatusOptions: () => ({ deadline: Date.now() + 30_000 }),
  })
  return {
    gateway,
    contract: (chaincode) => gateway.getNetwork(credentials.channel).getContract(chaincode),
    close() {
      gateway.close()
      client.close()
    },
  }
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
