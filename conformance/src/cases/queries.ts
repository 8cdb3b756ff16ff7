import { expect } from 'chai'
import { blockHash, BlockchainInfo, decode, parseBlock, ProcessedTransaction, toHex } from '@caizheng/fabric-wire'
import { text } from '../gateway.js'
import type { Bench } from '../bench.js'
import { expectError } from './state.js'

interface Page {
  keys: string[]
  fetchedRecordsCount: number
  bookmark: string
}

/** Ranges, pages, history, and the chaincode that tells of blocks. */
export function queryCases(bench: Bench): void {
  describe('queries', () => {
    it('ranges from the start, included, to the end, excluded, in the order of bytes', async () => {
      const contract = bench.finance.contract('any-two')
      for (const key of ['r1-a', 'r1-b', 'r1-c', 'r1-B', 'r1-é']) await contract.submitTransaction('Put', key, '1')
      const keys = async (start: string, end: string): Promise<string[]> =>
        JSON.parse(text(await contract.evaluateTransaction('Range', start, end))) as string[]
      expect(await keys('r1-a', 'r1-c')).to.deep.equal(['r1-a', 'r1-b'])
      expect(await keys('r1-', 'r1.')).to.deep.equal(['r1-B', 'r1-a', 'r1-b', 'r1-c', 'r1-é'])
    })

    it('streams a range of several hundred rows', async () => {
      const contract = bench.finance.contract('any-two')
      await contract.submitTransaction('PutMany', 'r2-', '350')
      const keys = JSON.parse(text(await contract.evaluateTransaction('Range', 'r2-', 'r2.'))) as string[]
      expect(keys).to.have.length(350)
      expect(keys.at(-1)).to.equal('r2-00349')
    })

    it('commits a transaction that read hundreds of rows', async () => {
      const contract = bench.finance.contract('any-two')
      await contract.submitTransaction('PutMany', 'r3-', '120')
      expect(text(await contract.submitTransaction('CountInto', 'r3-', 'r3.', bench.key()))).to.equal('120')
    })

    it('pages with a bookmark until nothing is left', async () => {
      const contract = bench.finance.contract('any-two')
      await contract.submitTransaction('PutMany', 'r4-', '25')
      const page = async (bookmark: string): Promise<Page> =>
        JSON.parse(text(await contract.evaluateTransaction('Page', 'r4-', 'r4.', '10', bookmark))) as Page
      const sizes: number[] = []
      let bookmark = ''
      do {
        const result = await page(bookmark)
        sizes.push(result.fetchedRecordsCount)
        bookmark = result.bookmark
      } while (bookmark !== '')
      expect(sizes).to.deep.equal([10, 10, 5])
    })

    it('refuses to write after a page', async () => {
      const contract = bench.finance.contract('any-two')
      await expectError(
        contract.submitTransaction('PageThenPut', 'r4-', 'r4.'),
        'Transaction has already performed a paginated query. Writes are not allowed',
      )
    })

    it('tells the history of a key, newest first', async () => {
      const contract = bench.finance.contract('any-two')
      const key = bench.key()
      for (const value of ['1', '2', '3']) await contract.submitTransaction('Put', key, value)
      const history = JSON.parse(text(await contract.evaluateTransaction('History', key))) as { value: string }[]
      expect(history.map(({ value }) => value)).to.deep.equal(['3', '2', '1'])
    })

    it('refuses rich queries in the words of a peer on LevelDB', async () => {
      await expectError(
        bench.finance.contract('any-two').evaluateTransaction('RichQuery'),
        'ExecuteQuery not supported for leveldb',
      )
    })

    it('tells the height and the blocks through qscc', async () => {
      const qscc = bench.finance.contract('qscc')
      const { channel } = bench.network
      const info = decode(BlockchainInfo, await qscc.evaluateTransaction('GetChainInfo', channel))
      const tip = parseBlock(await qscc.evaluateTransaction('GetBlockByNumber', channel, String(info.height - 1)))
      expect(toHex(blockHash(tip.header))).to.equal(toHex(info.currentBlockHash))
      const byHash = await qscc.evaluate('GetBlockByHash', { arguments: [channel, info.currentBlockHash] })
      expect(parseBlock(byHash).header.number).to.equal(tip.header.number)
    })

    it('finds a transaction by its id, with its verdict', async () => {
      const submitted = await bench.finance.contract('any-two').submitAsync('Put', { arguments: [bench.key(), '1'] })
      const { blockNumber } = await submitted.getStatus()
      const qscc = bench.finance.contract('qscc')
      const { channel } = bench.network
      const id = submitted.getTransactionId()
      const found = decode(ProcessedTransaction, await qscc.evaluateTransaction('GetTransactionByID', channel, id))
      expect(found.validationCode).to.equal(0)
      const block = parseBlock(await qscc.evaluateTransaction('GetBlockByTxID', channel, id))
      expect(BigInt(block.header.number)).to.equal(blockNumber)
    })

    it('says that it knows no such transaction', async () => {
      const { channel } = bench.network
      const qscc = bench.finance.contract('qscc')
      await expectError(
        qscc.evaluateTransaction('GetTransactionByID', channel, '00'.repeat(32)),
        'Failed to get transaction with id',
      )
    })
  })
}
