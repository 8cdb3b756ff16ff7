import { expect } from 'chai'
import { StatusCode } from '@hyperledger/fabric-gateway'
import type { Transaction } from '@hyperledger/fabric-gateway'
import { text } from '../gateway.js'
import type { Bench } from '../bench.js'

/** Transactions that were simulated on a state that is no more. */
export function conflictCases(bench: Bench): void {
  const endorse = (name: string, ...args: string[]): Promise<Transaction> =>
    bench.finance.contract('any-two').newProposal(name, { arguments: args }).endorse()

  const commit = async (transaction: Transaction): Promise<number> =>
    (await (await transaction.submit()).getStatus()).code

  describe('conflicts', () => {
    it('lets the first of two writers of one key win (MVCC)', async () => {
      const key = bench.key()
      const first = await endorse('Increment', key)
      const second = await endorse('Increment', key)
      expect(await commit(first)).to.equal(StatusCode.VALID)
      expect(await commit(second)).to.equal(StatusCode.MVCC_READ_CONFLICT)
      expect(text(await bench.finance.contract('any-two').evaluateTransaction('Get', key))).to.equal('1')
    })

    it('finds a conflict with a deletion', async () => {
      const key = bench.key()
      await bench.finance.contract('any-two').submitTransaction('Put', key, '1')
      const increment = await endorse('Increment', key)
      expect(await commit(await endorse('Delete', key))).to.equal(StatusCode.VALID)
      expect(await commit(increment)).to.equal(StatusCode.MVCC_READ_CONFLICT)
    })

    it('lets blind writes of one key both commit', async () => {
      const key = bench.key()
      const first = await endorse('Put', key, '1')
      const second = await endorse('Put', key, '2')
      expect(await commit(first)).to.equal(StatusCode.VALID)
      expect(await commit(second)).to.equal(StatusCode.VALID)
    })

    it('finds a row that appeared in a range (phantom)', async () => {
      await bench.finance.contract('any-two').submitTransaction('PutMany', 'p1-', '3')
      const count = await endorse('CountInto', 'p1-', 'p1.', bench.key())
      expect(await commit(await endorse('Put', 'p1-00009', 'new'))).to.equal(StatusCode.VALID)
      expect(await commit(count)).to.equal(StatusCode.PHANTOM_READ_CONFLICT)
    })

    it('finds a phantom in a range of more rows than are listed one by one', async () => {
      await bench.finance.contract('any-two').submitTransaction('PutMany', 'p2-', '120')
      const count = await endorse('CountInto', 'p2-', 'p2.', bench.key())
      expect(await commit(await endorse('Delete', 'p2-00060'))).to.equal(StatusCode.VALID)
      expect(await commit(count)).to.equal(StatusCode.PHANTOM_READ_CONFLICT)
    })

    it('does not mind a row beyond the range', async () => {
      await bench.finance.contract('any-two').submitTransaction('PutMany', 'p3-', '3')
      const count = await endorse('CountInto', 'p3-', 'p3-00002', bench.key())
      expect(await commit(await endorse('Put', 'p3-00007', 'beyond'))).to.equal(StatusCode.VALID)
      expect(await commit(count)).to.equal(StatusCode.VALID)
    })

    it('commits one of many concurrent increments of a key in each round, and counts right', async () => {
      const key = bench.key()
      const contract = bench.finance.contract('any-two')
      let won = 0
      for (let round = 0; round < 3; round += 1) {
        const all = await Promise.all(Array.from({ length: 8 }, () => endorse('Increment', key)))
        const codes = await Promise.all(all.map(commit))
        won += codes.filter((code) => code === StatusCode.VALID).length
      }
      expect(won).to.equal(3)
      expect(text(await contract.evaluateTransaction('Get', key))).to.equal('3')
    })

    it('gives the same transaction submitted twice one effect', async () => {
      const transaction = await endorse('Increment', bench.key())
      const first = await transaction.submit()
      const second = await transaction.submit()
      expect(second.getTransactionId()).to.equal(first.getTransactionId())
      const statuses = await Promise.all([first.getStatus(), second.getStatus()])
      expect(statuses[0].blockNumber).to.equal(statuses[1].blockNumber)
      expect(statuses[0].code).to.equal(StatusCode.VALID)
    })
  })
}
