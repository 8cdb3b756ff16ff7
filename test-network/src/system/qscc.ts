import { BlockchainInfo, decodeLoose, encode, Envelope, parseBlock, ProcessedTransaction } from '@caizheng/fabric-wire'
import { isResource } from '../channel/index.js'
import type { Ledger, TransactionPlace } from '../ledger/index.js'
import { failure, success, wordsOf, type SystemChaincode } from './system-chaincode.js'

type Query = (ledger: Ledger, argument: Uint8Array) => Promise<Uint8Array>

const queries = new Map<string, Query>([
  ['GetChainInfo', chainInfo],
  ['GetBlockByNumber', blockByNumber],
  ['GetBlockByHash', blockByHash],
  ['GetBlockByTxID', async (ledger, id) => block(ledger, (await place(ledger, id)).block)],
  ['GetTransactionByID', transactionById],
])

/** The query chaincode: blocks and transactions by number, hash and id. Arguments: function, channel, what. */
export const qscc: SystemChaincode = {
  readsLedgerOnly: true,
  async invoke({ channel, proposal }) {
    const [name, channelId, argument] = proposal.args
    if (!name || !channelId) return failure(`Incorrect number of arguments, ${String(proposal.args.length)}`)
    const requested = Buffer.from(name).toString()
    if (!argument && requested !== 'GetChainInfo') return failure(`missing 3rd argument for ${requested}`)
    const id = Buffer.from(channelId).toString()
    if (id !== channel.id) return failure(`Invalid chain ID, ${id}`)
    const query = queries.get(requested)
    if (!query) return failure(`Requested function ${requested} not found.`)
    try {
      const resource = `qscc/${requested}`
      if (isResource(resource)) channel.authorizeCreator(resource, proposal.creator)
    } catch (error) {
      return failure(`access denied for [${requested}][${id}]: [${wordsOf(error)}]`)
    }
    try {
      return success(await query(channel.ledger, argument ?? new Uint8Array()))
    } catch (error) {
      return failure(wordsOf(error))
    }
  },
}

async function chainInfo(ledger: Ledger): Promise<Uint8Array> {
  const tip = parseBlock(await block(ledger, ledger.tip.number))
  return encode(BlockchainInfo, {
    height: ledger.height,
    currentBlockHash: ledger.tip.hash,
    previousBlockHash: tip.header.previousHash,
  })
}

async function blockByNumber(ledger: Ledger, argument: Uint8Array): Promise<Uint8Array> {
  const text = Buffer.from(argument).toString()
  if (!/^\d{1,15}$/.test(text)) throw new Error(`Failed to parse block number with error ${text}`)
  return block(ledger, Number(text))
}

async function blockByHash(ledger: Ledger, hash: Uint8Array): Promise<Uint8Array> {
  const number = await ledger.blockNumberByHash(hash)
  if (number === undefined) throw new Error(`Failed to get block hash ${Buffer.from(hash).toString('hex')}`)
  return block(ledger, number)
}

async function transactionById(ledger: Ledger, id: Uint8Array): Promise<Uint8Array> {
  const { block: number, index, code } = await place(ledger, id)
  const envelope = parseBlock(await block(ledger, number)).data[index]
  if (!envelope) throw new Error(`Failed to get transaction with id ${Buffer.from(id).toString()}`)
  return encode(ProcessedTransaction, { transactionEnvelope: decodeLoose(Envelope, envelope), validationCode: code })
}

async function place(ledger: Ledger, id: Uint8Array): Promise<TransactionPlace> {
  const txId = Buffer.from(id).toString()
  const found = await ledger.transaction(txId)
  if (!found)
    throw new Error(`Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`)
  return found
}

async function block(ledger: Ledger, number: number): Promise<Uint8Array> {
  const bytes = await ledger.block(number)
  if (!bytes)
    throw new Error(
      `Failed to get block number ${String(number)}, error no such block number [${String(number)}] in index`,
    )
  return bytes
}
