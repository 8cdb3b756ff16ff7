import { expect } from 'chai'
import { parseBlock } from '@caizheng/fabric-wire'
import { checkpointers, type ChaincodeEvent } from '@hyperledger/fabric-gateway'
import { text } from '../gateway.js'
import type { Bench } from '../bench.js'

/** What a client hears of blocks and of contracts' events, now and from an earlier block on. */
export function eventCases(bench: Bench): void {
  const emit = async (chaincode: string, name: string, payload: string): Promise<{ block: bigint; txId: string }> => {
    const submitted = await bench.finance.contract(chaincode).submitAsync('Emit', { arguments: [name, payload] })
    const { blockNumber, successful } = await submitted.getStatus()
    expect(successful).to.equal(true)
    return { block: blockNumber, txId: submitted.getTransactionId() }
  }

  const network = () => bench.finance.gateway.getNetwork(bench.network.channel)

  describe('events', () => {
    it('delivers the event of a transaction to a listener', async () => {
      const events = await network().getChaincodeEvents('any-two')
      try {
        const { block, txId } = await emit('any-two', 'approved', '项目')
        const [event] = await take(events, 1)
        expect(event).to.include({ chaincodeName: 'any-two', eventName: 'approved', transactionId: txId })
        expect(event?.blockNumber).to.equal(block)
        expect(text(event?.payload ?? new Uint8Array())).to.equal('项目')
      } finally {
        events.close()
      }
    })

    it('replays events from a block on, and only those of the chaincode asked for', async () => {
      const { block } = await emit('any-two', 'first', '1')
      await emit('all-three', 'other', 'x')
      await emit('any-two', 'second', '2')
      const events = await network().getChaincodeEvents('any-two', { startBlock: block })
      try {
        expect((await take(events, 2)).map(({ eventName }) => eventName)).to.deep.equal(['first', 'second'])
      } finally {
        events.close()
      }
    })

    it('goes on after the transaction that a checkpoint names', async () => {
      const first = await emit('any-two', 'seen', '1')
      await emit('any-two', 'unseen', '2')
      const checkpoint = checkpointers.inMemory()
      await checkpoint.checkpointTransaction(first.block, first.txId)
      const events = await network().getChaincodeEvents('any-two', { checkpoint })
      try {
        expect((await take(events, 1)).map(({ eventName }) => eventName)).to.deep.equal(['unseen'])
      } finally {
        events.close()
      }
    })

    it('delivers no event of an invalid transaction', async () => {
      const contract = bench.finance.contract('all-three')
      const { block } = await emit('all-three', 'before', '1')
      const invalid = await contract.submitAsync('Emit', {
        arguments: ['never', 'x'],
        endorsingOrganizations: ['FinanceMSP'],
      })
      expect((await invalid.getStatus()).successful).to.equal(false)
      await emit('all-three', 'after', '2')
      const events = await network().getChaincodeEvents('all-three', { startBlock: block })
      try {
        expect((await take(events, 2)).map(({ eventName }) => eventName)).to.deep.equal(['before', 'after'])
      } finally {
        events.close()
      }
    })

    it('delivers whole blocks, from the first on and those to come', async () => {
      const blocks = await network().getBlockEvents({ startBlock: 0n })
      try {
        const numbers: number[] = []
        for await (const block of blocks) {
          const parsed = parseBlock(block.serializeBinary())
          numbers.push(parsed.header.number)
          if (numbers.length === 3) break
        }
        expect(numbers).to.deep.equal([0, 1, 2])
      } finally {
        blocks.close()
      }
    })

    it('delivers filtered blocks, with verdicts and without payloads', async () => {
      const { block, txId } = await emit('any-two', 'filtered', 'secret')
      const blocks = await network().getFilteredBlockEvents({ startBlock: block })
      try {
        for await (const filtered of blocks) {
          const transaction = filtered.getFilteredTransactionsList().find((one) => one.getTxid() === txId)
          expect(transaction?.getTxValidationCode()).to.equal(0)
          const [action] = transaction?.getTransactionActions()?.getChaincodeActionsList() ?? []
          expect(action?.getChaincodeEvent()?.getEventName()).to.equal('filtered')
          expect(action?.getChaincodeEvent()?.getPayload_asU8()).to.have.length(0)
          break
        }
      } finally {
        blocks.close()
      }
    })

    it('is not held up by a listener that never reads', async () => {
      const sleeper = await network().getBlockEvents({ startBlock: 0n })
      await sleeper[Symbol.asyncIterator]().next()
      try {
        for (let i = 0; i < 5; i += 1) await emit('any-two', 'tick', String(i))
      } finally {
        sleeper.close()
      }
    })
  })
}

async function take(events: AsyncIterable<ChaincodeEvent>, count: number): Promise<ChaincodeEvent[]> {
  const taken: ChaincodeEvent[] = []
  for await (const event of events) {
    taken.push(event)
    if (taken.length === count) break
  }
  return taken
}
