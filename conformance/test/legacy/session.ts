import { parseBlock, type Block } from '@caizheng/fabric-wire'
import { DefaultEventHandlerStrategies, Gateway, Wallets, type Contract, type Network } from 'fabric-network'
import type { Bench, Credentials } from '../../src/index.js'
import { staticProfile, type ProfileNodes } from './profile.js'

export type Endorser = ReturnType<ReturnType<Network['getChannel']>['getEndorsers']>[number]

/** A connected gateway of the older client. */
export interface LegacySession {
  gateway: Gateway
  network: Network
  contract: (chaincode: string) => Contract
  /** The peers of these organisations, or all. */
  peers: (...mspIds: string[]) => Endorser[]
  close: () => void
}

/** Connects with a wallet and a profile, and waits for each commit on every peer of the profile. */
export async function openLegacy(nodes: ProfileNodes, credentials: Credentials): Promise<LegacySession> {
  const { certificate, privateKey, mspId } = credentials
  const wallet = await Wallets.newInMemoryWallet()
  await wallet.put('client', { type: 'X.509', mspId, credentials: { certificate, privateKey } } as never)
  const gateway = new Gateway()
  await gateway.connect(staticProfile(nodes), {
    wallet,
    identity: 'client',
    discovery: { enabled: false },
    queryHandlerOptions: { timeout: 15 },
    eventHandlerOptions: {
      endorseTimeout: 15,
      commitTimeout: 30,
      strategy: DefaultEventHandlerStrategies.NETWORK_SCOPE_ALLFORTX,
    },
  })
  const network = await gateway.getNetwork(nodes.channel)
  return {
    gateway,
    network,
    contract: (chaincode) => network.getContract(chaincode),
    peers: (...mspIds) =>
      mspIds.length > 0
        ? mspIds.flatMap((one) => network.getChannel().getEndorsers(one))
        : network.getChannel().getEndorsers(),
    close: () => {
      gateway.disconnect()
    },
  }
}

/** Runs with a session of an organisation's client, or of someone else. */
export async function withLegacy<T>(
  bench: Bench,
  run: (session: LegacySession) => Promise<T>,
  credentials: Credentials = bench.network.connect('FinanceMSP'),
): Promise<T> {
  const session = await openLegacy(bench.network, credentials)
  try {
    return await run(session)
  } finally {
    session.close()
  }
}

/** The block of a transaction, from the peer that the client asks. */
export async function blockOf({ contract, network }: LegacySession, txId: string): Promise<Block> {
  const channel = network.getChannel().name
  return parseBlock(await contract('qscc').evaluateTransaction('GetBlockByTxID', channel, txId))
}

/** Submits an event and tells where it is. */
export async function emit(
  session: LegacySession,
  chaincode: string,
  name: string,
  payload: string,
): Promise<{ txId: string; block: number }> {
  const transaction = session.contract(chaincode).createTransaction('Emit')
  await transaction.submit(name, payload)
  const txId = transaction.getTransactionId()
  return { txId, block: (await blockOf(session, txId)).header.number }
}
