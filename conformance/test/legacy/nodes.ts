import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { DefaultEventHandlerStrategies, type BlockEvent } from 'fabric-network'
import type { Bench, NodeEndpoint } from '../../src/index.js'
import { failureOf } from '../../src/cases/state.js'
import { Heard } from './heard.js'
import { emit, openLegacy, withLegacy, type LegacySession } from './session.js'

/** Nodes of the profile that do not answer, and the end of a connection. */
export function legacyNodeCases(bench: Bench): void {
  const withNodes = async (
    change: { peers?: NodeEndpoint[]; orderers?: NodeEndpoint[] },
    run: (session: LegacySession) => Promise<void>,
    mspId = 'FinanceMSP',
  ): Promise<void> => {
    const { channel, peers, orderers } = bench.network
    const session = await openLegacy(
      { channel, peers, orderers, patience: 1000, ...change },
      bench.network.connect(mspId),
    )
    try {
      await run(session)
    } finally {
      session.close()
    }
  }

  const down = async (node: NodeEndpoint | undefined): Promise<NodeEndpoint> => {
    if (!node) throw new Error('there is no such node')
    return { ...node, address: await deadAddress() }
  }

  describe('nodes and connections', () => {
    it('goes to the next orderer when one does not answer', async () => {
      const [first, second] = bench.network.orderers
      await withNodes({ orderers: [await down(first), ...(second ? [second] : [])] }, async ({ contract }) => {
        const key = bench.key()
        await contract('any-two').submitTransaction('Put', key, 'through the second')
        const read = await contract('any-two').evaluateTransaction('Get', key)
        expect(read.toString()).to.equal('through the second')
      })
    })

    it('commits through any of the orderers', async () => {
      for (const orderer of bench.network.orderers) {
        await withNodes({ orderers: [orderer] }, async ({ contract }) => {
          const key = bench.key()
          await contract('any-two').submitTransaction('Put', key, orderer.name)
          expect((await contract('any-two').evaluateTransaction('Get', key)).toString()).to.equal(orderer.name)
        })
      }
    })

    it('fails where no orderer answers, and nothing is committed', async () => {
      const key = bench.key()
      const orderer = await down(bench.network.orderers[0])
      await withNodes({ orderers: [orderer] }, async ({ contract }) => {
        // Not waiting for the commit: this client would forget the timer of that, which then keeps the process
        const transaction = contract('any-two').createTransaction('Put')
        const error = await failureOf(transaction.setEventHandler(DefaultEventHandlerStrategies.NONE).submit(key, '1'))
        expect(error.message).to.equal(`Committer ${orderer.name} is not connected`)
        const read = await failureOf(contract('any-two').evaluateTransaction('Get', key))
        expect(read.message).to.include(`no value at ${key}`)
      })
    })

    it('evaluates on another peer when the first does not answer', async () => {
      const [finance, audit] = bench.network.peers
      const evaluate = async ({ contract }: LegacySession): Promise<void> => {
        expect((await contract('any-two').evaluateTransaction('WhoAmI')).toString()).to.equal('PartiesMSP')
      }
      // Of an organisation without a peer, so that all are as good
      await withNodes({ peers: [await down(finance), ...(audit ? [audit] : [])] }, evaluate, 'PartiesMSP')
    })

    it('takes nothing once it is disconnected, and leaves other connections alone', () =>
      withLegacy(bench, async (other) => {
        const session = await openLegacy(bench.network, bench.network.connect('FinanceMSP'))
        const contract = session.contract('any-two')
        // The declarations leave this property out
        const peers = session.peers() as unknown as { connected: boolean }[]
        await contract.submitTransaction('Put', bench.key(), '1')
        session.close()
        expect(peers.map(({ connected }) => connected)).to.deep.equal(peers.map(() => false))
        await failureOf(contract.submitTransaction('Put', bench.key(), '1'))
        await failureOf(contract.evaluateTransaction('WhoAmI'))
        expect((await other.contract('any-two').evaluateTransaction('WhoAmI')).toString()).to.equal('FinanceMSP')
      }))

    it('ends the listeners of a connection with it', () =>
      withLegacy(bench, async (other) => {
        const session = await openLegacy(bench.network, bench.network.connect('FinanceMSP'))
        const [ended, lives] = [new Heard<BlockEvent>(), new Heard<BlockEvent>()]
        await session.network.addBlockListener(ended.listener)
        await other.network.addBlockListener(lives.listener)
        const before = await emit(session, 'any-two', 'before', '1')
        await ended.until(1, ({ blockNumber }) => blockNumber.toNumber() === before.block)
        session.close()
        const after = await emit(other, 'any-two', 'after', '2')
        await lives.until(1, ({ blockNumber }) => blockNumber.toNumber() === after.block)
        expect(ended.all.map(({ blockNumber }) => blockNumber.toNumber())).to.not.include(after.block)
      }))
  })
}

/** An address that nobody listens at. */
async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port could be had')
  return `127.0.0.1:${address.port}`
}
