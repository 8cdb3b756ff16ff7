import { createHash } from 'node:crypto'
import { expect } from 'chai'
import {
  summarizeReads,
  type HashedReadWriteSet,
  type KeyRead,
  type Ledger,
  type RangeQuery,
  type TransactionPlace,
} from '../../src/ledger/index.js'
import { Bench, NAMESPACE, collect, commit, del, put, read, utf8, type TransactionSpec } from './support.js'

const policy = (value: string): { name: string; value: Uint8Array }[] => [
  { name: 'VALIDATION_PARAMETER', value: utf8(value) },
]

describe('ledger: validation of reads and writes', () => {
  const bench = new Bench()
  let ledger: Ledger
  let next = 0
  beforeEach(async () => {
    ledger = await bench.open()
  })
  afterEach(() => bench.clear())

  const tx = (spec: Omit<TransactionSpec, 'txId'>): TransactionSpec => ({ txId: `tx${next++}`, ...spec })
  const codesOf = async (...specs: Omit<TransactionSpec, 'txId'>[]): Promise<number[]> => [
    ...(await commit(ledger, specs.map(tx))).codes,
  ]
  const valueOf = async (key: string): Promise<string | undefined> => {
    const snapshot = ledger.snapshot()
    const found = await snapshot.get(NAMESPACE, key)
    await snapshot.close()
    return found && Buffer.from(found.value).toString()
  }
  const metadataOf = async (key: string): Promise<string[] | undefined> => {
    const snapshot = ledger.snapshot()
    const entries = await snapshot.metadata(NAMESPACE, key)
    await snapshot.close()
    return entries?.map(({ name, value }) => `${name}=${Buffer.from(value).toString()}`)
  }

  describe('reads', () => {
    it('lets one of two transactions that read the same version write it', async () => {
      expect(await codesOf({ reads: [read('k')], writes: [put('k', '1')] })).to.deep.equal([0])
      const rewrite = { reads: [read('k', 1)], writes: [put('k', '2')] }
      expect(await codesOf(rewrite, rewrite)).to.deep.equal([0, 11])
      expect(await codesOf(rewrite)).to.deep.equal([11])
    })

    it('refuses a read of a key that has gone, and of an absent key that has come', async () => {
      await codesOf({ writes: [put('k', '1')] })
      await codesOf({ writes: [del('k')] })
      expect(await codesOf({ reads: [read('k', 1)] }, { reads: [read('k')] })).to.deep.equal([11, 0])
      await codesOf({ writes: [put('k', '3')] })
      expect(await codesOf({ reads: [read('k')] }, { reads: [read('k', 4)] })).to.deep.equal([11, 0])
    })

    it('counts a deletion earlier in the block as a change, even of an absent key', async () => {
      expect(await codesOf({ writes: [del('k')] }, { reads: [read('k')] })).to.deep.equal([0, 11])
    })

    it('tells transactions of one block apart by their place', async () => {
      await codesOf({ writes: [put('a', '1')] }, { writes: [put('b', '1')] })
      expect(await codesOf({ reads: [read('b', 1, 1)] }, { reads: [read('b', 1, 0)] })).to.deep.equal([0, 11])
    })

    it('ignores the writes of a transaction that was refused', async () => {
      expect(await codesOf({ code: 10, writes: [put('k', '1')] }, { reads: [read('k')] })).to.deep.equal([10, 0])
      expect(await valueOf('k')).to.equal(undefined)
    })

    it('lets writes without reads follow each other', async () => {
      expect(await codesOf({ writes: [put('k', '1')] }, { writes: [put('k', '2')] })).to.deep.equal([0, 0])
      expect(await valueOf('k')).to.equal('2')
    })

    it('keeps namespaces apart whose names and keys join to the same text', async () => {
      const rwset = (key: string) => ({ reads: [], rangeQueriesInfo: [], writes: [put(key, key)], metadataWrites: [] })
      await codesOf({
        namespaces: [
          { namespace: 'a', rwset: rwset('bc') },
          { namespace: 'ab', rwset: rwset('c') },
          { namespace: 'a\0b', rwset: rwset('d') },
        ],
      })
      const snapshot = ledger.snapshot()
      const rows = await Promise.all(
        ['a', 'ab', 'a\0b'].map(async (namespace) =>
          (await collect(snapshot.range(namespace, '', ''))).map(({ key }) => key),
        ),
      )
      expect(rows).to.deep.equal([['bc'], ['c'], ['d']])
      await snapshot.close()
    })
  })

  describe('ranges', () => {
    const range = (keys: KeyRead[], over: Partial<RangeQuery> = {}): RangeQuery => ({
      startKey: 'a',
      endKey: 'm',
      itrExhausted: true,
      rawReads: { kvReads: keys },
      ...over,
    })
    beforeEach(() => codesOf({ writes: [put('b', '1'), put('d', '1'), put('x', '1')] }))

    it('holds while the rows are the same', async () => {
      expect(await codesOf({ ranges: [range([read('b', 1), read('d', 1)])] })).to.deep.equal([0])
    })

    it('refuses rows that came, went or changed, in earlier blocks or earlier in the block', async () => {
      const query = { ranges: [range([read('b', 1), read('d', 1)])] }
      expect(await codesOf({ writes: [put('c', '1')] }, query)).to.deep.equal([0, 12])
      expect(await codesOf(query)).to.deep.equal([12])
      expect(await codesOf({ writes: [del('c')] }, query)).to.deep.equal([0, 0])
      expect(await codesOf({ writes: [put('d', '2')] }, query)).to.deep.equal([0, 12])
      expect(await codesOf({ writes: [del('d')] }, { ranges: [range([read('b', 1)])] })).to.deep.equal([0, 0])
    })

    it('does not look beyond the last row that an unfinished read saw, and looks at that row', async () => {
      const query = { ranges: [range([read('b', 1)], { endKey: 'b', itrExhausted: false })] }
      expect(await codesOf({ writes: [put('c', '1')] }, query)).to.deep.equal([0, 0])
      expect(await codesOf({ writes: [put('a', '1')] }, query)).to.deep.equal([0, 12])
      expect(await codesOf({ writes: [del('a')] }, query, { writes: [put('b', '2')] }, query)).to.deep.equal([
        0, 0, 0, 12,
      ])
    })

    it('refuses an empty result that is no longer empty', async () => {
      const query = { ranges: [range([], { startKey: 'n', endKey: 'o' })] }
      expect(await codesOf(query, { writes: [put('n', '1')] }, query)).to.deep.equal([0, 0, 12])
    })

    for (const rows of [50, 51, 52, 102, 2550, 2601, 2602]) {
      it(`compares a range of ${rows} rows by its ${rows > 50 ? 'hashes' : 'rows'}`, async () => {
        const keys = Array.from({ length: rows }, (_, i) => `k${String(i).padStart(5, '0')}`)
        await codesOf({ writes: keys.map((key) => put(key, '1')) })
        const at = { startKey: 'k', endKey: 'l', itrExhausted: true }
        const query = { ranges: [{ ...at, ...summarizeReads(keys.map((key) => read(key, 2))) }] }
        expect(query.ranges[0]?.readsMerkleHashes === undefined).to.equal(rows <= 50)
        expect(await codesOf(query)).to.deep.equal([0])
        const last = keys.at(-1) as string
        expect(await codesOf({ writes: [del(last)] }, query, { writes: [put(`${last}+`, '1')] }, query)).to.deep.equal([
          0, 12, 0, 12,
        ])
        expect(await codesOf({ writes: [put(last, '2')] }, query)).to.deep.equal([0, 12])
      })
    }
  })

  describe('writes', () => {
    it('takes an empty value for a deletion', async () => {
      await codesOf({ writes: [put('k', '1')] })
      await codesOf({ writes: [put('k', '')] })
      expect(await valueOf('k')).to.equal(undefined)
      const [newest] = await collect(ledger.history(NAMESPACE, 'k'))
      expect(newest?.isDelete).to.equal(true)
    })

    it('keeps metadata when the value is written, and drops it with the key', async () => {
      await codesOf({ writes: [put('k', '1')], metadataWrites: [{ key: 'k', entries: policy('all') }] })
      await codesOf({ writes: [put('k', '2')] })
      expect(await metadataOf('k')).to.deep.equal(['VALIDATION_PARAMETER=all'])
      await codesOf({ writes: [del('k')] })
      await codesOf({ writes: [put('k', '3')] })
      expect(await metadataOf('k')).to.equal(undefined)
    })

    it('drops metadata also when deletion and new value share a block', async () => {
      await codesOf({ writes: [put('k', '1')], metadataWrites: [{ key: 'k', entries: policy('all') }] })
      await codesOf({ writes: [del('k')] }, { writes: [put('k', '2')] })
      expect([await valueOf('k'), await metadataOf('k')]).to.deep.equal(['2', undefined])
    })

    it('sets metadata on a key that exists only, and gives it a new version', async () => {
      await codesOf({ metadataWrites: [{ key: 'k', entries: policy('all') }] })
      expect([await valueOf('k'), await metadataOf('k')]).to.deep.equal([undefined, undefined])
      await codesOf({ writes: [put('k', '1')] })
      await codesOf({ metadataWrites: [{ key: 'k', entries: policy('all') }] })
      expect([await valueOf('k'), await metadataOf('k')]).to.deep.equal(['1', ['VALIDATION_PARAMETER=all']])
      expect(await codesOf({ reads: [read('k', 2)] }, { reads: [read('k', 3)] })).to.deep.equal([11, 0])
      await codesOf({ metadataWrites: [{ key: 'k', entries: [] }] })
      expect(await metadataOf('k')).to.equal(undefined)
    })

    it('ends as a peer does where a write set names a key twice', async () => {
      await codesOf({ writes: [put('k', '1')], metadataWrites: [{ key: 'k', entries: policy('all') }] })
      // Two values for one key count as a change of metadata there: the old value stays and the metadata go.
      await codesOf({ writes: [put('k', '2'), put('k', '3')] })
      expect([await valueOf('k'), await metadataOf('k')]).to.deep.equal(['1', undefined])
    })
  })

  describe('private data hashes', () => {
    const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
    const hashed = (over: Partial<HashedReadWriteSet>): Omit<TransactionSpec, 'txId'> => ({
      namespaces: [
        {
          namespace: NAMESPACE,
          rwset: { reads: [], rangeQueriesInfo: [], writes: [], metadataWrites: [] },
          collections: [
            {
              collectionName: 'offers',
              hashedRwset: { hashedReads: [], hashedWrites: [], metadataWrites: [], ...over },
            },
          ],
        },
      ],
    })
    const write = (key: string, value: string) => ({
      hashedWrites: [
        { keyHash: sha256(key), isDelete: value === '', valueHash: value === '' ? new Uint8Array() : sha256(value) },
      ],
    })

    it('checks hashed reads, applies hashed writes, and keeps them out of the public state', async () => {
      expect(await codesOf(hashed(write('k', '1')))).to.deep.equal([0])
      const seen = { hashedReads: [{ keyHash: sha256('k'), version: { blockNum: 1, txNum: 0 } }] }
      const unseen = { hashedReads: [{ keyHash: sha256('k') }] }
      expect(await codesOf(hashed(seen), hashed(unseen))).to.deep.equal([0, 11])
      expect(await codesOf(hashed(write('k', '2')), hashed(seen))).to.deep.equal([0, 11])
      const snapshot = ledger.snapshot()
      const found = await snapshot.getHashed(NAMESPACE, 'offers', sha256('k'))
      expect(found?.version).to.deep.equal({ blockNum: 3, txNum: 0 })
      expect(sha256('2').equals(found?.value ?? new Uint8Array())).to.equal(true)
      expect(await collect(snapshot.range(NAMESPACE, '', ''))).to.deep.equal([])
      await snapshot.close()
      await codesOf(hashed(write('k', '')))
      expect(await codesOf(hashed(unseen))).to.deep.equal([0])
    })

    it('takes the hash of nothing for a deletion', async () => {
      await codesOf(hashed(write('k', '1')))
      await codesOf(hashed({ hashedWrites: [{ keyHash: sha256('k'), isDelete: false, valueHash: sha256('') }] }))
      expect(await codesOf(hashed({ hashedReads: [{ keyHash: sha256('k') }] }))).to.deep.equal([0])
    })
  })

  it('indexes a transaction under its first place', async () => {
    const place = (txId: string): Promise<TransactionPlace | undefined> => ledger.transaction(txId)
    await commit(ledger, [{ txId: 'twin' }, { txId: 'twin', code: 9 }, { txId: 'bad', code: 4 }])
    await commit(ledger, [{ txId: 'twin', code: 9 }])
    expect(await place('twin')).to.deep.equal({ block: 1, index: 0, code: 0 })
    expect(await place('bad')).to.deep.equal({ block: 1, index: 2, code: 4 })
    expect(await place('none')).to.equal(undefined)
  })
})
