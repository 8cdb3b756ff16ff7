import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { BlockMetadataIndex, Metadata, decode, parseBlock, toHex, txFilter, type Block } from '@caizheng/fabric-wire'
import { candidatesOf, openLedger, verifyLedger, type Ledger } from '../../src/ledger/index.js'
import { Bench, collect } from './support.js'

const blocksFolder = new URL('../../../../fabric-wire/test/fixtures/fabric/chain/blocks/', import.meta.url)
const recorded = (name: string): Uint8Array => readFileSync(fileURLToPath(new URL(name, blocksFolder)))

const HEIGHT = 12

/** The block as an orderer sent it. Flags other than read conflicts reach the ledger as candidates; conflicts it must find. */
function fromOrderer(block: Block): Block {
  return { ...block, metadata: block.metadata.slice(0, BlockMetadataIndex.TRANSACTIONS_FILTER) }
}

describe('ledger: the chain recorded from a real Fabric network', () => {
  const bench = new Bench()
  let directory: string
  let ledger: Ledger

  before(async () => {
    directory = await bench.directory()
    ledger = await openLedger(directory, { channel: 'fiscal', genesis: recorded('0.block') })
    for (let number = 1; number < HEIGHT; number++) {
      const block = parseBlock(recorded(`${number}.block`))
      await ledger.commit(fromOrderer(block), candidatesOf(block))
    }
  })
  after(async () => {
    await ledger.close()
    await bench.clear()
  })

  for (let number = 0; number < HEIGHT; number++) {
    it(`gives block ${number} the flags and the commit hash that the peers gave it`, async () => {
      const theirs = parseBlock(recorded(`${number}.block`))
      const ours = parseBlock((await ledger.block(number)) ?? new Uint8Array())
      expect([...txFilter(ours)]).to.deep.equal([...txFilter(theirs)])
      const [our, their] = [ours, theirs].map(({ metadata }) => metadata[BlockMetadataIndex.COMMIT_HASH])
      expect(toHex(our ?? new Uint8Array())).to.equal(toHex(their ?? new Uint8Array()))
      if (number > 0) expect(decode(Metadata, our ?? new Uint8Array()).value).to.have.length(32)
    })
  }

  it('stores the very bytes that a peer serves', async () => {
    for (let number = 1; number < HEIGHT; number++) {
      expect(toHex((await ledger.block(number)) ?? new Uint8Array())).to.equal(toHex(recorded(`${number}.block`)))
    }
  })

  it('finds the read conflict in block 8', async () => {
    const block = parseBlock((await ledger.block(8)) ?? new Uint8Array())
    expect([...txFilter(block)]).to.include(11)
    const index = txFilter(block).indexOf(11)
    const { txId } = candidatesOf(block)[index] ?? { txId: '' }
    expect(await ledger.transaction(txId)).to.deep.equal({ block: 8, index, code: 11 })
  })

  it('finds blocks by their hashes, and transactions by their ids', async () => {
    for (let number = 0; number < HEIGHT; number++) {
      const block = parseBlock(recorded(`${number}.block`))
      const hash =
        number + 1 < HEIGHT ? parseBlock(recorded(`${number + 1}.block`)).header.previousHash : ledger.tip.hash
      expect(await ledger.blockNumberByHash(hash)).to.equal(number)
      for (const [index, { txId }] of candidatesOf(block).entries()) {
        if (txId === '') continue
        expect(await ledger.transaction(txId)).to.deep.equal({ block: number, index, code: txFilter(block)[index] })
      }
    }
  })

  it('keeps the history of the key that the conflict was about', async () => {
    const block = parseBlock(recorded('8.block'))
    const loser = candidatesOf(block)[txFilter(block).indexOf(11)]
    const written = loser?.rwset?.namespaces.find(({ rwset }) => rwset.writes.length > 0)
    const key = written?.rwset.writes[0]?.key ?? ''
    const entries = await collect(ledger.history(written?.namespace ?? '', key))
    expect(entries.map(({ block }) => block)).to.include(8)
    expect(entries.map(({ txId }) => txId)).not.to.include(loser?.txId)
  })

  it('is found sound by verifyLedger', async () => {
    const { height, tip, commitHash } = ledger
    await ledger.close()
    const report = await verifyLedger(directory)
    expect(report).to.include({ height, tipHash: toHex(tip.hash), commitHash: toHex(commitHash) })
    ledger = await openLedger(directory, { channel: 'fiscal', genesis: recorded('0.block') })
  })
})
