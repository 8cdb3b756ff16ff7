import { expect } from 'chai'
import fc from 'fast-check'
import { verifyLedger, type KeyRead, type Ledger, type RangeQuery, type StateSnapshot } from '../../src/ledger/index.js'
import { Model, type ModelValue } from './model.js'
import { Bench, NAMESPACE, collect, commit, del, put, utf8, type TransactionSpec } from './support.js'

/** Keys that tempt: prefixes of each other, zero bytes, and characters whose order differs between UTF-8 and UTF-16. */
const KEYS = ['a', 'a\0', 'a\0b', 'ab', 'b', '\0type\0id\0', 'é', '\ud7ff', '\uffee', '😀', '中']
const key = fc.constantFrom(...KEYS)
const bound = fc.constantFrom('', ...KEYS)

/** What one transaction wants to do; what it reads depends on the height it is simulated at. */
const intention = fc.record({
  lag: fc.nat({ max: 2 }),
  reads: fc.uniqueArray(key, { maxLength: 2 }),
  ranges: fc.array(fc.record({ start: bound, end: bound, rows: fc.nat({ max: 4 }) }), { maxLength: 1 }),
  writes: fc.uniqueArray(fc.record({ key, value: fc.constantFrom('', 'delete', 'x', 'y') }), {
    selector: (write) => write.key,
    maxLength: 3,
  }),
  metadata: fc.uniqueArray(fc.record({ key, value: fc.constantFrom('', 'p', 'q') }), {
    selector: (write) => write.key,
    maxLength: 1,
  }),
  refused: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})
type Intention = typeof intention extends fc.Arbitrary<infer T> ? T : never

const program = fc.array(fc.array(intention, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 7 })

async function readRange(
  snapshot: StateSnapshot,
  { start, end, rows }: { start: string; end: string; rows: number },
): Promise<RangeQuery> {
  const kvReads: KeyRead[] = []
  // A simulation that has seen `rows` rows stops; one that asks for more finds the end.
  for await (const row of snapshot.range(NAMESPACE, start, end)) {
    kvReads.push({ key: row.key, version: row.version })
    if (kvReads.length === rows) return { startKey: start, endKey: row.key, itrExhausted: false, rawReads: { kvReads } }
  }
  return { startKey: start, endKey: end, itrExhausted: true, rawReads: { kvReads } }
}

async function simulate(wanted: Intention, txId: string, snapshot: StateSnapshot): Promise<TransactionSpec> {
  const values = await snapshot.getMany(NAMESPACE, wanted.reads)
  const ranges: RangeQuery[] = []
  for (const range of wanted.ranges) ranges.push(await readRange(snapshot, range))
  return {
    txId,
    code: wanted.refused ? 10 : 0,
    reads: wanted.reads.map((name, i) => ({ key: name, version: values[i]?.version })),
    ranges,
    writes: wanted.writes.map(({ key: name, value }) => (value === 'delete' ? del(name) : put(name, value))),
    // Metadata beside a deletion in one transaction is left to the explicit cases.
    metadataWrites: wanted.metadata
      .filter((write) => !wanted.writes.some(({ key: name }) => name === write.key))
      .map(({ key: name, value }) => ({
        key: name,
        entries: value === '' ? [] : [{ name: 'VALIDATION_PARAMETER', value: utf8(value) }],
      })),
  }
}

async function expectState(snapshot: StateSnapshot, expected: ReadonlyMap<string, ModelValue>): Promise<void> {
  const rows = await collect(snapshot.range(NAMESPACE, '', ''))
  const keys = [...expected.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect(rows.map((row) => row.key)).to.deep.equal(keys)
  for (const name of KEYS) {
    const found = await snapshot.get(NAMESPACE, name)
    const model = expected.get(name)
    expect(found && { value: Buffer.from(found.value).toString(), version: found.version }).to.deep.equal(
      model && { value: model.value, version: model.version },
    )
    const entries = await snapshot.metadata(NAMESPACE, name)
    expect(entries?.map(({ value }) => Buffer.from(value).toString())).to.deep.equal(
      model?.metadata === undefined ? undefined : [model.metadata],
    )
  }
}

async function expectHistory(ledger: Ledger, model: Model): Promise<void> {
  for (const name of KEYS) {
    const entries = await collect(ledger.history(NAMESPACE, name))
    expect(
      entries.map(({ block, index, value, isDelete }) => ({
        block,
        index,
        value: Buffer.from(value).toString(),
        isDelete,
      })),
    ).to.deep.equal(model.history.get(name) ?? [])
    for (const { txId, block, index } of entries) expect(txId).to.equal(`tx-${block}-${index}`)
  }
}

describe('ledger: read validation beside a plain model', () => {
  const bench = new Bench()
  afterEach(() => bench.clear())

  it('gives the same verdicts, state, metadata and history, from snapshots of older heights too', async function () {
    this.timeout(60_000)
    let conflicts = 0
    let phantoms = 0
    await fc.assert(
      fc.asyncProperty(program, async (blocks) => {
        const directory = await bench.directory()
        const ledger = await bench.open(directory)
        const model = new Model()
        const snapshots = [{ snapshot: ledger.snapshot(), state: model.copy() }]
        for (const intentions of blocks) {
          const specs: TransactionSpec[] = []
          for (const [i, wanted] of intentions.entries()) {
            const { snapshot } = snapshots.at(-1 - Math.min(wanted.lag, snapshots.length - 1)) ?? snapshots[0]!
            specs.push(await simulate(wanted, `tx-${ledger.height}-${i}`, snapshot))
          }
          const { codes } = await commit(ledger, specs)
          expect([...codes]).to.deep.equal(model.commit(specs))
          conflicts += codes.filter((code) => code === 11).length
          phantoms += codes.filter((code) => code === 12).length
          snapshots.push({ snapshot: ledger.snapshot(), state: model.copy() })
        }
        for (const [i, { snapshot, state }] of snapshots.entries()) {
          expect(snapshot.height).to.equal(i + 1)
          await expectState(snapshot, state)
          await snapshot.close()
        }
        await expectHistory(ledger, model)
        await ledger.close()
        expect((await verifyLedger(directory)).height).to.equal(model.height)
        await bench.clear()
      }),
      { numRuns: 60 },
    )
    // A generator that never makes a conflict would prove nothing.
    expect(conflicts).to.be.greaterThan(10)
    expect(phantoms).to.be.greaterThan(3)
  })
})
