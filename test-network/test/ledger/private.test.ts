import { expect } from 'chai'
import { decode, KVRWSet } from '@caizheng/fabric-wire'
import { candidatesOf, verifyLedger, type Ledger } from '../../src/ledger/index.js'
import {
  COLLECTION,
  commitPrivately,
  definition,
  hashOf,
  plainWrites,
  publicPart,
  type PrivateTransactionSpec,
} from './private-support.js'
import { Bench, collect, commit, NAMESPACE, nextBlock, put, rejection } from './support.js'

describe('private data in the ledger', () => {
  const bench = new Bench()
  let directory: string
  let ledger: Ledger
  let transactions = 0
  beforeEach(async () => {
    directory = await bench.directory()
    ledger = await bench.open(directory)
  })
  afterEach(() => bench.clear())

  const transaction = (writes: PrivateTransactionSpec['writes'], over: Partial<PrivateTransactionSpec> = {}) => ({
    txId: `private-${String((transactions += 1))}`,
    writes,
    ...over,
  })
  const write = (...specs: PrivateTransactionSpec[]) => commitPrivately(ledger, specs)
  const nothing = () => commit(ledger, [{ txId: `public-${String((transactions += 1))}`, writes: [put('k', '1')] }])

  const value = async (key: string, organization = 'FinanceMSP'): Promise<string | undefined> => {
    const snapshot = ledger.snapshot()
    const found = await snapshot.getPrivate(organization, NAMESPACE, COLLECTION, key)
    const hashed = await snapshot.getHashed(NAMESPACE, COLLECTION, hashOf(key))
    await snapshot.close()
    if (found) expect(found.version, 'version of value and hash').to.deep.equal(hashed?.version)
    return found && Buffer.from(found.value).toString()
  }
  const hashed = async (key: string): Promise<boolean> => {
    const snapshot = ledger.snapshot()
    const found = await snapshot.getHashed(NAMESPACE, COLLECTION, hashOf(key))
    await snapshot.close()
    return found !== undefined
  }
  /** The keys that a block's private writes still name, transaction by transaction. */
  const keysOf = async (block: number, organization = 'FinanceMSP') =>
    (await ledger.privateWrites(organization, block)).map(({ index, sets }) => [
      index,
      ...sets.flatMap(({ rwset }) => decode(KVRWSet, rwset).writes.map(({ key }) => key)),
    ])

  it('keeps values for the members alone, apart for each', async () => {
    await write(
      transaction([{ key: 'k', value: '1' }]),
      transaction([{ key: 'mine', value: '2' }], { members: ['AuditMSP'] }),
    )
    expect(await value('k')).to.equal('1')
    expect(await value('k', 'AuditMSP')).to.equal('1')
    expect(await value('k', 'ConstructionMSP')).to.equal(undefined)
    expect(await value('mine')).to.equal(undefined)
    expect(await value('mine', 'AuditMSP')).to.equal('2')
    expect(await keysOf(1, 'AuditMSP')).to.deep.equal([
      [0, 'k'],
      [1, 'mine'],
    ])
    expect(await keysOf(1, 'ConstructionMSP')).to.deep.equal([])
  })

  it('lets the last valid write of a block count, and keeps those of invalid transactions with the block only', async () => {
    await write(
      transaction([{ key: 'k', value: '1' }]),
      transaction([{ key: 'k', value: '2' }]),
      transaction([{ key: 'k', value: 'invalid' }], { code: 10 }),
      transaction([{ key: 'k', value: 'stale' }], { reads: [{ keyHash: hashOf('k') }] }),
    )
    expect(await value('k')).to.equal('2')
    expect(await keysOf(1)).to.deep.equal([
      [0, 'k'],
      [1, 'k'],
      [2, 'k'],
      [3, 'k'],
    ])
  })

  it('reads ranges of one organisation’s collection, in the order of bytes', async () => {
    await write(transaction(['b', 'a', 'c', '文'].map((key) => ({ key, value: key }))))
    await write(transaction([{ key: 'ab', value: 'x' }], { collection: 'offers2' }))
    const snapshot = ledger.snapshot()
    const range = async (organization: string, start: string, end: string) =>
      (await collect(snapshot.privateRange(organization, NAMESPACE, COLLECTION, start, end))).map(({ key }) => key)
    expect(await range('FinanceMSP', '', '')).to.deep.equal(['a', 'b', 'c', '文'])
    expect(await range('FinanceMSP', 'a', 'c')).to.deep.equal(['a', 'b'])
    expect(await range('ConstructionMSP', '', '')).to.deep.equal([])
    await snapshot.close()
  })

  it('gives the value the version that a change of metadata alone gives the hash', async () => {
    await write(transaction([{ key: 'k', value: '1' }]))
    await write(transaction([{ key: 'k', describe: true }]))
    expect(await value('k')).to.equal('1')
    await write(transaction([{ key: 'k', value: '2' }]), transaction([{ key: 'k', describe: true }]))
    expect(await value('k', 'AuditMSP')).to.equal('2')
  })

  it('leaves an older value behind where the newest was missed, with its older version', async () => {
    await write(transaction([{ key: 'k', value: '1' }]))
    await write(transaction([{ key: 'k', value: '2' }], { members: ['AuditMSP'] }))
    await write(transaction([{ key: 'k', describe: true }]))
    const snapshot = ledger.snapshot()
    const missed = await snapshot.getPrivate('FinanceMSP', NAMESPACE, COLLECTION, 'k')
    expect(missed?.version).to.deep.equal({ blockNum: 1, txNum: 0 })
    await snapshot.close()
    expect(await value('k', 'AuditMSP')).to.equal('2')
  })

  it('purges a key from the value and from all blocks, whether or not the purge’s own writes came along', async () => {
    await write(
      transaction([
        { key: 'k', value: '1' },
        { key: 'other', value: '1' },
      ]),
    )
    await write(transaction([{ key: 'k', value: '2' }]))
    await write(
      transaction([{ key: 'k', purge: true }], { members: ['AuditMSP'] }),
      transaction([{ key: 'later', value: '3' }]),
    )
    for (const organization of ['FinanceMSP', 'AuditMSP']) {
      expect(await value('k', organization)).to.equal(undefined)
      expect(await value('other', organization)).to.equal('1')
      expect(await keysOf(1, organization)).to.deep.equal([[0, 'other']])
      expect(await keysOf(2, organization)).to.deep.equal([[0]])
    }
    expect(await keysOf(3, 'AuditMSP')).to.deep.equal([[0], [1, 'later']])
    expect(await hashed('k')).to.equal(false)
  })

  it('keeps what a later transaction of the block writes after a purge', async () => {
    await write(transaction([{ key: 'k', value: '1' }]))
    await write(transaction([{ key: 'k', purge: true }]), transaction([{ key: 'k', value: '2' }]))
    expect(await value('k')).to.equal('2')
    expect(await keysOf(1)).to.deep.equal([[0]])
    expect(await keysOf(2)).to.deep.equal([[0], [1, 'k']])
  })

  it('purges nothing for an invalid transaction', async () => {
    await write(transaction([{ key: 'k', value: '1' }]))
    await write(transaction([{ key: 'k', purge: true }], { code: 10 }))
    expect(await value('k')).to.equal('1')
    expect(await keysOf(1)).to.deep.equal([[0, 'k']])
  })

  it('ends values, hashes and writes one block after their blocks to live', async () => {
    await commit(ledger, [definition(2)])
    await write(
      transaction([
        { key: 'once', value: '1' },
        { key: 'again', value: '1' },
      ]),
    )
    await write(
      transaction([{ key: 'again', value: '2' }]),
      transaction([{ key: 'once', describe: true }], { code: 10 }),
    )
    await nothing()
    expect(await value('once')).to.equal('1')
    await nothing() // block 5 = 2 + 2 + 1
    expect(await value('once')).to.equal(undefined)
    expect(await hashed('once')).to.equal(false)
    expect(await value('again')).to.equal('2')
    expect(await keysOf(2)).to.deep.equal([])
    expect(await keysOf(3)).to.deep.equal([[0, 'again'], [1]])
    await write(transaction([{ key: 'again', value: '3' }])) // written in the very block that would end it
    expect(await value('again')).to.equal('3')
    for (let block = 0; block < 3; block += 1) await nothing()
    expect(await value('again')).to.equal(undefined)
    expect(await hashed('again')).to.equal(false)
    const snapshot = ledger.snapshot()
    expect(await collect(snapshot.privateRange('AuditMSP', NAMESPACE, COLLECTION, '', ''))).to.deep.equal([])
    await snapshot.close()
  })

  it('still counts the hash in the block that ends it, and not in the next', async () => {
    await commit(ledger, [definition(1)])
    await write(transaction([{ key: 'k', value: '1' }]))
    await nothing()
    const reads = [{ keyHash: hashOf('k'), version: { blockNum: 2, txNum: 0 } }]
    const { codes } = await write(transaction([{ key: 'x', value: '1' }], { reads }))
    expect([...codes]).to.deep.equal([0])
    const { codes: after } = await write(transaction([{ key: 'y', value: '1' }], { reads }))
    expect([...after]).to.deep.equal([11])
  })

  it('keeps all of it across a restart, and what is not committed yet', async () => {
    await write(transaction([{ key: 'k', value: '1' }]))
    const waiting = transaction([{ key: 'k', value: 'waiting' }])
    await ledger.keepTransient(waiting.txId, 'FinanceMSP', [plainWrites(waiting)])
    await ledger.keepTransient(waiting.txId, 'FinanceMSP', [plainWrites(waiting)])
    await ledger.close()
    ledger = await bench.open(directory)
    expect(await value('k')).to.equal('1')
    expect(ledger.transient(waiting.txId)).to.have.length(1)
    expect(ledger.transient(waiting.txId)[0]?.sets).to.have.length(1)
    await write(waiting)
    expect(ledger.transient(waiting.txId)).to.deep.equal([])
    await ledger.close()
    ledger = await bench.open(directory)
    expect(ledger.transient(waiting.txId)).to.deep.equal([])
    expect(await value('k')).to.equal('waiting')
  })

  it('verifies: hashes from the blocks, with expiry, and values by their hashes', async () => {
    await commit(ledger, [definition(2)])
    await write(
      transaction([
        { key: 'k', value: '1' },
        { key: 'l', value: '1' },
      ]),
    )
    await write(transaction([{ key: 'l', purge: true }]))
    for (let block = 0; block < 3; block += 1) await nothing()
    await write(transaction([{ key: 'k', value: '2' }]))
    await ledger.close()
    const { privateRecords } = await verifyLedger(directory)
    expect(privateRecords).to.be.greaterThan(0)
  })

  it('finds a value that is not the one hashed', async () => {
    const spec = transaction([{ key: 'k', value: '1' }])
    await write(spec)
    const other = { ...spec, txId: 'other', writes: [{ key: 'k', value: '2' }] }
    // The caller is trusted to have compared the hashes; here it did not.
    const block = nextBlock(ledger, [publicPart(spec)])
    const candidates = candidatesOf(block).map((candidate) => ({
      ...candidate,
      privateWrites: [{ organization: 'FinanceMSP', sets: [plainWrites(other)] }],
    }))
    await ledger.commit(block, candidates)
    await ledger.close()
    const error = await rejection(verifyLedger(directory))
    expect(error.message).to.include('its value is not the one whose hash is on the chain')
  })
})
