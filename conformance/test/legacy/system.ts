import { expect } from 'chai'
import {
  BlockchainInfo,
  ProcessedTransaction,
  blockHash,
  channelConfigOf,
  decodeLoose,
  isConfigBlock,
  parseBlock,
  toHex,
} from '@caizheng/fabric-wire'
import type { Bench } from '../../src/index.js'
import { failureOf } from '../../src/cases/state.js'
import { blockOf, openLegacy, withLegacy } from './session.js'

/** The chaincodes of the peer itself, which older programs ask for blocks. */
export function legacySystemCases(bench: Bench): void {
  describe('system chaincodes', () => {
    it('tells the height and the newest block', () =>
      withLegacy(bench, async ({ contract }) => {
        const { channel } = bench.network
        const info = decodeLoose(BlockchainInfo, await contract('qscc').evaluateTransaction('GetChainInfo', channel))
        const newest = String(info.height - 1)
        const tip = parseBlock(await contract('qscc').evaluateTransaction('GetBlockByNumber', channel, newest))
        expect(toHex(blockHash(tip.header))).to.equal(toHex(info.currentBlockHash))
      }))

    it('finds a transaction and its block by the id that the client chose', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('any-two').createTransaction('Put')
        await transaction.submit(bench.key(), '1')
        const id = transaction.getTransactionId()
        const found = await session
          .contract('qscc')
          .evaluateTransaction('GetTransactionByID', bench.network.channel, id)
        expect(decodeLoose(ProcessedTransaction, found).validationCode).to.equal(0)
        expect(Buffer.concat((await blockOf(session, id)).data).includes(id)).to.equal(true)
      }))

    it('says that it knows no such transaction', () =>
      withLegacy(bench, async ({ contract }) => {
        const id = '00'.repeat(32)
        const asked = contract('qscc').evaluateTransaction('GetTransactionByID', bench.network.channel, id)
        expect((await failureOf(asked)).message).to.include(`Failed to get transaction with id ${id}`)
      }))

    it('tells the channels of the peer to anyone of its organisation', () =>
      withLegacy(bench, async ({ contract }) => {
        const channels = await contract('cscc').evaluateTransaction('GetChannels')
        expect(channels.includes(bench.network.channel)).to.equal(true)
      }))

    it('tells the channels to nobody of another organisation', async () => {
      const { channel, orderers, peers } = bench.network
      const audit = bench.network.connect('AuditMSP')
      const session = await openLegacy({ channel, orderers, peers: peers.slice(0, 1) }, audit)
      try {
        const error = await failureOf(session.contract('cscc').evaluateTransaction('GetChannels'))
        expect(error.message).to.equal(
          'access denied for [GetChannels]: Failed deserializing proposal creator during channelless check policy ' +
            'with policy [Members]: [expected MSP ID FinanceMSP, received AuditMSP]',
        )
      } finally {
        session.close()
      }
    })

    it('tells the block of the configuration', () =>
      withLegacy(bench, async ({ contract }) => {
        const { channel } = bench.network
        const block = parseBlock(await contract('cscc').evaluateTransaction('GetConfigBlock', channel))
        expect(isConfigBlock(block)).to.equal(true)
        expect(channelConfigOf(block).channelId).to.equal(channel)
      }))

    it('says that it has no such function and no such channel', () =>
      withLegacy(bench, async ({ contract }) => {
        const { message: channel } = await failureOf(
          contract('cscc').evaluateTransaction('GetConfigBlock', 'elsewhere'),
        )
        const { message: name } = await failureOf(contract('cscc').evaluateTransaction('NoSuch', 'fiscal'))
        expect([channel, name]).to.deep.equal([
          'access denied for [GetConfigBlock][elsewhere]: Failed to get policy manager for channel [elsewhere]',
          'Requested function NoSuch not found.',
        ])
      }))
  })
}
