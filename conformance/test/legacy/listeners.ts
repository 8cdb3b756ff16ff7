import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { BlockchainInfo, decodeLoose } from '@caizheng/fabric-wire'
import {
  DefaultCheckpointers,
  type BlockEvent,
  type CommitError,
  type CommitEvent,
  type ContractEvent,
  type ListenerOptions,
} from 'fabric-network'
import type { Bench } from '../../src/index.js'
import { Heard } from './heard.js'
import { blockOf, emit, openLegacy, withLegacy, type LegacySession } from './session.js'

/** Events of contracts, blocks in their three forms, and commits. */
export function legacyListenerCases(bench: Bench): void {
  const events = async (session: LegacySession, options?: ListenerOptions): Promise<Heard<ContractEvent>> => {
    const heard = new Heard<ContractEvent>()
    await session.contract('any-two').addContractListener(heard.listener, options)
    return heard
  }

  const blocks = async (session: LegacySession, options: ListenerOptions): Promise<Heard<BlockEvent>> => {
    const heard = new Heard<BlockEvent>()
    await session.network.addBlockListener(heard.listener, options)
    return heard
  }

  const idOf = (event: ContractEvent): string => event.getTransactionEvent().transactionId

  describe('contract listeners', () => {
    it('hear an event with its payload, its transaction and its block', () =>
      withLegacy(bench, async (session) => {
        const heard = await events(session)
        const { txId, block } = await emit(session, 'any-two', 'approved', '项目')
        const [event] = await heard.until(1, (one) => idOf(one) === txId)
        expect(event).to.include({ chaincodeId: 'any-two', eventName: 'approved' })
        expect(event?.payload?.toString()).to.equal('项目')
        expect(event?.getTransactionEvent().getBlockEvent().blockNumber.toNumber()).to.equal(block)
      }))

    it('hear from a block on, and only their own chaincode', () =>
      withLegacy(bench, async (session) => {
        const { block } = await emit(session, 'any-two', 'first', '1')
        await emit(session, 'all-three', 'other', 'x')
        await emit(session, 'any-two', 'second', '2')
        const heard = await events(session, { startBlock: block })
        await heard.until(2)
        expect(heard.all.map(({ eventName }) => eventName)).to.deep.equal(['first', 'second'])
      }))

    it('hear the event without its payload when they ask for filtered blocks', () =>
      withLegacy(bench, async (session) => {
        const { block } = await emit(session, 'any-two', 'bare', 'secret')
        const heard = await events(session, { startBlock: block, type: 'filtered' })
        const [event] = await heard.until(1)
        expect([event?.eventName, event?.payload]).to.deep.equal(['bare', undefined])
      }))

    it('hear nothing of an invalid transaction', () =>
      withLegacy(bench, async (session) => {
        const { block } = await emit(session, 'any-two', 'before', '1')
        const alone = session.contract('any-two').createTransaction('Emit').setEndorsingOrganizations('AuditMSP')
        await alone.submit('never', 'x').then(
          () => expect.fail('one endorsement was enough'),
          () => undefined,
        )
        await emit(session, 'any-two', 'after', '2')
        const heard = await events(session, { startBlock: block })
        await heard.until(2)
        expect(heard.all.map(({ eventName }) => eventName)).to.deep.equal(['before', 'after'])
      }))

    it('go on where their checkpoint is', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'caizheng-checkpoint-'))
      const file = join(folder, 'checkpoint.json')
      try {
        await withLegacy(bench, async (session) => {
          const heard = await events(session, { checkpointer: await DefaultCheckpointers.file(file) })
          const { txId, block } = await emit(session, 'any-two', 'seen', '1')
          await heard.until(1, (one) => idOf(one) === txId)
          // It is moved on when the listener has returned
          while ((await checkpointOf(file)) <= block) await new Promise((resolve) => setTimeout(resolve, 20))
        })
        await withLegacy(bench, async (session) => {
          const { txId } = await emit(session, 'any-two', 'unseen', '2')
          const heard = await events(session, { checkpointer: await DefaultCheckpointers.file(file) })
          await heard.until(1, (one) => idOf(one) === txId)
          expect(heard.all.map(({ eventName }) => eventName)).to.deep.equal(['unseen'])
        })
      } finally {
        // The client may still be writing it
        await rm(folder, { recursive: true, maxRetries: 10 })
      }
    })

    it('hear nothing once they are removed', () =>
      withLegacy(bench, async (session) => {
        const [gone, stays] = [await events(session), await events(session)]
        const first = await emit(session, 'any-two', 'both', '1')
        await gone.until(1, (one) => idOf(one) === first.txId)
        session.contract('any-two').removeContractListener(gone.listener)
        const second = await emit(session, 'any-two', 'one', '2')
        await stays.until(1, (one) => idOf(one) === second.txId)
        expect(gone.all.map(idOf)).to.not.include(second.txId)
      }))
  })

  describe('block listeners', () => {
    for (const type of ['full', 'filtered', 'private'] as const) {
      it(`hear ${type} blocks in order, from the first on`, () =>
        withLegacy(bench, async (session) => {
          const heard = await blocks(session, { type, startBlock: 0 })
          const first = await heard.until(5)
          expect(first.map(({ blockNumber }) => blockNumber.toNumber())).to.deep.equal([0, 1, 2, 3, 4])
        }))

      it(`tell of a transaction in ${type} blocks and of its verdict`, () =>
        withLegacy(bench, async (session) => {
          const { txId, block } = await emit(session, 'any-two', type, 'x')
          const heard = await blocks(session, { type, startBlock: block })
          const [event] = await heard.until(1)
          const transaction = event?.getTransactionEvents().find(({ transactionId }) => transactionId === txId)
          expect(transaction).to.include({ status: 'VALID', isValid: true })
          expect(transaction?.getContractEvents().map(({ eventName }) => eventName)).to.deep.equal([type])
          if (type !== 'filtered') {
            expect(Math.abs(Date.now() - (transaction?.timestamp?.getTime() ?? 0))).to.be.lessThan(60_000)
          }
        }))
    }

    it('hear the private data that the peer has', () =>
      withLegacy(bench, async (session) => {
        const key = bench.key()
        const transaction = session.contract('private').createTransaction('PutPrivate')
        transaction.setTransient({ value: Buffer.from('to members') }).setEndorsingOrganizations('FinanceMSP')
        const heard = await blocks(session, { type: 'private' })
        await transaction.submit('shared', key)
        const isOurs = ({ transactionId }: { transactionId: string }): boolean =>
          transactionId === transaction.getTransactionId()
        const [event] = await heard.until(1, (one) => one.getTransactionEvents().some(isOurs))
        const found = JSON.stringify(event?.getTransactionEvents().find(isOurs)?.privateData)
        expect(found)
          .to.include(`"key":"${key}"`)
          .and.to.include(JSON.stringify(Buffer.from('to members')))
      }))

    it('find no event in a filtered transaction that has none', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('any-two').createTransaction('Put')
        await transaction.submit(bench.key(), 'no event')
        const id = transaction.getTransactionId()
        const heard = await blocks(session, {
          startBlock: (await blockOf(session, id)).header.number,
          type: 'filtered',
        })
        const [event] = await heard.until(1)
        const found = event?.getTransactionEvents().find(({ transactionId }) => transactionId === id)
        expect(found?.getContractEvents()).to.deep.equal([])
      }))

    it('hear nothing where someone only looks like a member', () =>
      withLegacy(bench, async (session) => {
        const pretender = await openLegacy(bench.network, bench.network.connectForged('AuditMSP'))
        try {
          const [nothing, something] = [await blocks(pretender, {}), await blocks(session, {})]
          const { block } = await emit(session, 'any-two', 'unheard', '1')
          await something.until(1, ({ blockNumber }) => blockNumber.toNumber() === block)
          await new Promise((resolve) => setTimeout(resolve, 200))
          expect(nothing.all).to.deep.equal([])
        } finally {
          pretender.close()
        }
      }))

    it('wait for a block that is yet to come', () =>
      withLegacy(bench, async (session) => {
        const asked = session.contract('qscc').evaluateTransaction('GetChainInfo', bench.network.channel)
        const { height } = decodeLoose(BlockchainInfo, await asked)
        // The listener is not added before the peer has sent it something
        const adding = blocks(session, { startBlock: height + 1, type: 'filtered' })
        for (let i = 0; i < 2; i += 1) await session.contract('any-two').submitTransaction('Put', bench.key(), '1')
        const [first] = await (await adding).until(1)
        expect(first?.blockNumber.toNumber()).to.equal(height + 1)
      }))
  })

  describe('commit listeners', () => {
    it('hear of the commit once from each peer', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('any-two').createTransaction('Put')
        const heard = new Heard<[CommitError | undefined, CommitEvent | undefined]>()
        const listener = (error?: CommitError, event?: CommitEvent): void => void heard.listener([error, event])
        await session.network.addCommitListener(listener, session.peers(), transaction.getTransactionId())
        await transaction.submit(bench.key(), '1')
        const all = await heard.until(bench.network.peers.length)
        expect(all.map(([error]) => error)).to.deep.equal(all.map(() => undefined))
        expect(all.map(([, event]) => event?.peer.name)).to.have.members(bench.network.peers.map(({ name }) => name))
        expect(all.map(([, event]) => event?.status)).to.deep.equal(all.map(() => 'VALID'))
      }))

    it('hear the verdict on an invalid transaction', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('all-three').createTransaction('Put').setEndorsingOrganizations('AuditMSP')
        const heard = new Heard<CommitEvent | undefined>()
        const listener = (_: unknown, event?: CommitEvent): void => void heard.listener(event)
        await session.network.addCommitListener(listener, session.peers('FinanceMSP'), transaction.getTransactionId())
        await transaction.submit(bench.key(), '1').catch(() => undefined)
        const [event] = await heard.until(1)
        expect(event).to.include({ isValid: false, status: 'ENDORSEMENT_POLICY_FAILURE' })
      }))
  })
}

/** The block that a checkpoint file names as the next; 0 while it is being written. */
async function checkpointOf(file: string): Promise<number> {
  const text = await readFile(file, 'utf8')
  return text === '' ? 0 : Number((JSON.parse(text) as { blockNumber?: string }).blockNumber ?? 0)
}
