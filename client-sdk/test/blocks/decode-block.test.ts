import { expect } from 'chai'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { encodeBlock, parseBlock } from '@caizheng/fabric-wire'
import { decodeBlock } from '../../src/blocks/decode-block.js'
import { decodeTransaction } from '../../src/blocks/decode-transaction.js'
import { CaizhengError } from '../../src/index.js'
import { repository } from '../support.js'

// Recorded from a real network; fabric-wire/test/fixtures/fabric/README.md says what each block holds.
const bytesOf = (number: number) =>
  readFileSync(repository(`fabric-wire/test/fixtures/fabric/chain/blocks/${number}.block`))
const recorded = JSON.parse(
  readFileSync(repository('fabric-wire/test/fixtures/fabric/chain/transactions.json'), 'utf8'),
) as Record<string, { fn?: string; args: string[]; txid: string; block: number; code: number }>

describe('decoding of blocks', () => {
  it('chains the recorded blocks by their hashes', () => {
    const blocks = Array.from({ length: 12 }, (_, number) => decodeBlock(bytesOf(number)))
    expect(blocks.map(({ number }) => number)).to.deep.equal(Array.from({ length: 12 }, (_, number) => number))
    expect(blocks.slice(1).map(({ previousHash }) => previousHash)).to.deep.equal(
      blocks.slice(0, -1).map(({ hash }) => hash),
    )
    expect(blocks[0]?.previousHash).to.equal('')
  })

  it('finds every recorded transaction with its verdict, creator, function and writes', () => {
    const found = new Map(
      Array.from({ length: 12 }, (_, number) => decodeBlock(bytesOf(number)))
        .flatMap(({ number, transactions }) => transactions.map((transaction) => ({ number, transaction })))
        .map((entry) => [entry.transaction.txId, entry]),
    )
    const called = Object.values(recorded).filter(({ fn }) => fn !== undefined)
    expect(called).to.have.length(10)
    for (const { fn, args, txid, block, code } of called) {
      const entry = found.get(txid)
      expect(entry?.number).to.equal(block)
      expect(entry?.transaction).to.include({ type: 'endorser', code, valid: code === 0, function: fn })
      expect(entry?.transaction.chaincode?.name).to.equal('anchor')
      expect(entry?.transaction.creator.msp).to.match(/MSP$/)
      expect(entry?.transaction.creator.certificate).to.include('BEGIN CERTIFICATE')
      const written = entry?.transaction.writes.find(({ namespace }) => namespace === 'anchor')
      expect(Buffer.from(written?.value ?? []).toString()).to.include(args[0])
    }
  })

  it('shows the conflict of block 8 as not valid', () => {
    const codes = decodeBlock(bytesOf(8)).transactions.map(({ code, valid }) => ({ code, valid }))
    expect(codes).to.deep.include({ code: 11, valid: false })
  })

  it('shows configuration as configuration', () => {
    for (const number of [0, 10]) {
      expect(decodeBlock(bytesOf(number)).transactions.map(({ type }) => type)).to.deep.equal(['config'])
    }
  })

  it('never stumbles over garbage that was ordered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        expect(decodeTransaction(garbage, 3, 2)).to.include({ index: 3, code: 2, valid: false })
      }),
    )
  })

  it('never stumbles over a transaction with one byte changed', () => {
    const block = parseBlock(bytesOf(5))
    const envelope = block.data[0] ?? new Uint8Array()
    fc.assert(
      fc.property(fc.nat({ max: envelope.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = envelope.slice()
        changed[at] = (changed[at] ?? 0) ^ flip
        const decoded = decodeBlock(encodeBlock({ ...block, data: [changed] }))
        expect(decoded.transactions).to.have.length(1)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses what is no block at all', () => {
    expect(() => decodeBlock(Buffer.from('not a block')))
      .to.throw(CaizhengError)
      .with.property('code', 'RESPONSE_INVALID')
  })
})
