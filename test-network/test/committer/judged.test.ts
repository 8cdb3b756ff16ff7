import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { expect } from 'chai'
import {
  BlockMetadataIndex,
  channelConfigOf,
  consentersOf,
  isBlockSigned,
  isConfigBlock,
  parseBlock,
  toHex,
  txFilter,
  TxValidationCode,
  verifyBlockSignatures,
  type Block,
} from '@caizheng/fabric-wire'
import { Channel } from '../../src/channel/index.js'
import { Committer } from '../../src/committer/index.js'
import { openLedger, verifyLedger, type Ledger } from '../../src/ledger/index.js'
import { Bench } from '../ledger/support.js'

/** From `dist/test/committer`. */
const packages = new URL('../../../../', import.meta.url)
const file = (path: string): Buffer => readFileSync(fileURLToPath(new URL(path, packages)))

/** The block as an orderer sent it: what a peer adds is for our committer to find. */
function fromOrderer(block: Block): Block {
  const none = new Uint8Array()
  return {
    ...block,
    metadata: block.metadata.map((entry, i) => (i < BlockMetadataIndex.TRANSACTIONS_FILTER ? entry : none)),
  }
}

function named(codes: Iterable<number>): string[] {
  const names = new Map<number, string>(Object.entries(TxValidationCode).map(([name, code]) => [code, name]))
  return Array.from(codes, (code) => names.get(code) ?? String(code))
}

/** What a block says that a peer adds. */
const verdictOf = (block: Block) => ({
  block: block.header.number,
  codes: named(txFilter(block)),
  commitHash: toHex(block.metadata[BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array()),
})

/** Commits blocks one after the other as they came from the orderers, and gives our verdict on each. */
async function* replay(ledger: Ledger, [genesis, ...blocks]: readonly Uint8Array[]): AsyncGenerator<[Block, Block]> {
  const channel = new Channel(ledger, channelConfigOf(genesis ?? new Uint8Array()), () => new Date())
  const committer = new Committer(channel)
  for (const bytes of blocks) {
    const theirs = parseBlock(bytes)
    await committer.commit(fromOrderer(theirs))
    const ours = await ledger.block(theirs.header.number)
    yield [parseBlock(ours ?? new Uint8Array()), theirs]
  }
}

describe('the committer', function () {
  this.timeout(60_000)
  const bench = new Bench()
  after(() => bench.clear())

  it('finds the verdicts that the peers of a real network found on their own blocks', async () => {
    const blocks = Array.from({ length: 12 }, (_, i) =>
      file(`fabric-wire/test/fixtures/fabric/chain/blocks/${String(i)}.block`),
    )
    const ledger = await openLedger(await bench.directory(), {
      channel: 'fiscal',
      genesis: blocks[0] ?? new Uint8Array(),
    })
    try {
      for await (const [ours, theirs] of replay(ledger, blocks))
        expect(verdictOf(ours)).to.deep.equal(verdictOf(theirs))
    } finally {
      await ledger.close()
    }
  })

  it('finds the verdicts that a real peer found on blocks of the embedded network', async () => {
    const blocks = unpack(file('test-network/test/fixtures/judged/blocks.br'))
    const directory = await bench.directory()
    const ledger = await openLedger(directory, { channel: 'fiscal', genesis: blocks[0] ?? new Uint8Array() })
    const counts = new Map<string, number>()
    try {
      for await (const [ours, theirs] of replay(ledger, blocks)) {
        const verdict = verdictOf(ours)
        expect(verdict).to.deep.equal(verdictOf(theirs))
        for (const code of verdict.codes) counts.set(code, (counts.get(code) ?? 0) + 1)
      }
    } finally {
      await ledger.close()
    }
    // The run is worth something only if it holds every kind of verdict.
    expect([...counts.keys()].sort()).to.deep.equal([
      'BAD_COMMON_HEADER',
      'BAD_CREATOR_SIGNATURE',
      'BAD_HEADER_EXTENSION',
      'BAD_PAYLOAD',
      'BAD_PROPOSAL_TXID',
      'BAD_RESPONSE_PAYLOAD',
      'BAD_RWSET',
      'DUPLICATE_TXID',
      'ENDORSEMENT_POLICY_FAILURE',
      'ILLEGAL_WRITESET',
      'INVALID_CHAINCODE',
      'INVALID_ENDORSER_TRANSACTION',
      'INVALID_OTHER_REASON',
      'MVCC_READ_CONFLICT',
      'PHANTOM_READ_CONFLICT',
      'UNSUPPORTED_TX_PAYLOAD',
      'VALID',
    ])
    expect(await verifyLedger(directory)).to.include({
      height: blocks.length,
      transactions: 923,
      validTransactions: 345,
    })
  })

  it('finds the verdicts of a real peer under configurations that change', async () => {
    const blocks = unpack(file('test-network/test/fixtures/judged/configurations.br'))
    const directory = await bench.directory()
    const ledger = await openLedger(directory, { channel: 'fiscal', genesis: blocks[0] ?? new Uint8Array() })
    const counts = new Map<string, number>()
    let config = channelConfigOf(blocks[0] ?? new Uint8Array())
    try {
      for await (const [ours, theirs] of replay(ledger, blocks)) {
        expect(verdictOf(ours)).to.deep.equal(verdictOf(theirs))
        for (const code of named(txFilter(ours))) counts.set(code, (counts.get(code) ?? 0) + 1)
        // Each block is signed under the configuration before it, a configuration block too
        expect(isBlockSigned(ours, config)).to.equal(true)
        if (isConfigBlock(ours)) config = channelConfigOf(ours)
      }
    } finally {
      await ledger.close()
    }
    expect(config.sequence).to.equal(31)
    expect(Object.fromEntries(counts)).to.deep.equal({ VALID: 133, ENDORSEMENT_POLICY_FAILURE: 128 })
    const { height } = await verifyLedger(directory)
    expect(height).to.equal(blocks.length)
  })

  it('was shown blocks that carry a quorum of signatures, as the peer demanded', () => {
    const [genesis, ...blocks] = unpack(file('test-network/test/fixtures/judged/blocks.br'))
    const consenters = consentersOf(channelConfigOf(genesis ?? new Uint8Array()))
    for (const block of blocks.slice(0, 40).map(parseBlock)) {
      expect(verifyBlockSignatures(block, consenters)).to.include({ ok: true })
    }
  })
})

function unpack(packed: Uint8Array): Uint8Array[] {
  const bytes = brotliDecompressSync(packed)
  const blocks: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at)
    blocks.push(bytes.subarray(at + 4, end))
    at = end
  }
  return blocks
}
