import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { buildBatch, encodeLeaf, newLeaf, type FabricReceipt, type LeafDocument } from '@caizheng/evidence'
import { canonicalize, type BatchRecord, type DocumentType } from '@caizheng/records'
import type { JournalledBatch } from '@caizheng/client-sdk'
import Database from 'libsql'
import { expect } from 'chai'
import { BatchJournal } from '../../src/batches/batch-journal.js'
import { BatchSource } from '../../src/batches/batch-source.js'
import { Outbox } from '../../src/outbox/outbox.js'
import { toOutbox } from '../../src/http/statement.js'
import { openDatabase, type Sqlite } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { migrations } from '../../src/store/schema.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()

const documentOf = (n: number, type: DocumentType = 'DISCLOSURE'): LeafDocument & { size: number } => ({
  project: '2303-331003-04-01-000001',
  type,
  number: `公示〔2024〕${n}号`,
  issuer: '12331003000001011C',
  digests: { sha256: String(n).padStart(64, 'a'), sm3: String(n).padStart(64, 'b') },
  size: 10,
  provenance: { sourceSystem: 's', generatedAt: '2024-11-23', generator: 'g' },
})

const isRefused = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  )

describe('journal of batches', () => {
  let database: Sqlite
  let outbox: Outbox
  let journal: BatchJournal

  beforeEach(() => {
    database = openDatabase(folder())
    const commits = new GroupCommit(database)
    outbox = new Outbox(database, commits, 100)
    journal = new BatchJournal(database, commits)
  })

  afterEach(() => database.close())

  async function accepted(count: number): Promise<JournalledBatch> {
    const documents = Array.from({ length: count }, (_, n) => documentOf(n))
    await outbox.acceptAll(documents.map(toOutbox))
    const leaves = documents.map((document) => ({
      key: toOutbox(document).place,
      text: new TextDecoder().decode(encodeLeaf(newLeaf(document))),
    }))
    const { size, roots } = buildBatch(leaves.map(({ text }) => text))
    return { request: { leafFormat: 'caizheng-leaf-v1', size, roots, lane: 'gateway-1' }, leaves }
  }

  const settlement = (missing: readonly string[] = []) => ({
    id: 'c'.repeat(64),
    record: canonicalize(record),
    block: 9,
    created: true,
    receipt: { type: 'fabric-endorsed-query-v1', channelHeader: 'AA==' } as FabricReceipt,
    organizations: ['FinanceMSP'],
    missing,
  })

  it('gives back what was begun and not settled, byte for byte', async () => {
    const batch = await accepted(3)
    await journal.begin(batch)
    expect([...journal.unsettled()]).to.deep.equal([batch])
    expect(outbox.toBatch(0, 10)).to.deep.equal([])
    expect(journal.inFlight()).to.equal(3)
    await journal.settle(batch.request.roots.sha256, settlement())
    expect([...journal.unsettled()]).to.deep.equal([])
    expect(journal.inFlight()).to.equal(0)
    expect(journal.leaves(1)).to.deep.equal(batch.leaves)
  })

  it('takes all documents into a batch or none', async () => {
    const batch = await accepted(3)
    const stranger = { ...batch, leaves: [...batch.leaves, { key: 'f'.repeat(64), text: '{}' }] }
    expect(await isRefused(journal.begin(stranger))).to.equal(true)
    expect(outbox.toBatch(0, 10)).to.have.length(3)
    await journal.begin(batch)
    expect(await isRefused(journal.begin(batch))).to.equal(true)
    expect([...journal.unsettled()]).to.have.length(1)
  })

  it('keeps of an anchored document its leaf alone, and still knows its particulars', async () => {
    const batch = await accepted(2)
    await journal.begin(batch)
    await journal.settle(batch.request.roots.sha256, settlement())
    const document = toOutbox(documentOf(1))
    expect(database.prepare('SELECT request FROM outbox WHERE place = ?').all(document.place)).to.deep.equal([
      { request: '' },
    ])
    expect(outbox.find(document.place)).to.include({ state: 'ANCHORED', request: document.request })
    expect((await outbox.accept(document)).kind).to.equal('known')
    expect((await outbox.accept({ ...document, request: '{}' })).kind).to.equal('conflict')
    expect(outbox.queued()).to.equal(0)
  })

  it('puts a fuller receipt in the place of a weaker one', async () => {
    const batch = await accepted(1)
    await journal.begin(batch)
    await journal.settle(batch.request.roots.sha256, settlement(['AuditMSP']))
    expect(journal.find(1)?.missing).to.deep.equal(['AuditMSP'])
    const receipt = { type: 'fabric-endorsed-query-v1', channelHeader: 'AQ==' } as FabricReceipt
    await journal.complete(1, { receipt, organizations: ['AuditMSP', 'FinanceMSP'], missing: [] })
    expect(journal.find(1)).to.deep.include({ receipt, missing: [], record, block: 9 })
  })

  it('feeds the batcher what waits, in order, and what comes, until it is told to end', async () => {
    await accepted(2)
    const source = new BatchSource(outbox)
    const seen: unknown[] = []
    const reading = (async () => {
      for await (const { about } of source) seen.push(about.number)
    })()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen).to.have.length(2)
    await outbox.accept(toOutbox(documentOf(7)))
    await outbox.accept(toOutbox(documentOf(8, 'CONTRACT')))
    source.poke()
    await new Promise((resolve) => setTimeout(resolve, 20))
    source.end()
    await reading
    expect(seen).to.deep.equal([documentOf(0), documentOf(1), documentOf(7)].map(({ number }) => number))
  })
})

describe('a database of the first version', () => {
  it('keeps every row, and its documents their way', async () => {
    const directory = folder()
    const old = new Database(join(directory, 'gateway.db'))
    old.exec(migrations[0] ?? '')
    old.exec('PRAGMA user_version = 1')
    const { place, project, type, sha256, sm3, request } = toOutbox(documentOf(1))
    const outcome = JSON.stringify({
      state: 'ANCHORED',
      id: 'f',
      created: true,
      block: 1,
      transaction: 'e',
      record: '{}',
    })
    const insert = old.prepare(
      'INSERT INTO outbox (place, state, project, type, sha256, sm3, request, accepted_at, outcome) VALUES (?,?,?,?,?,?,?,?,?)',
    )
    insert.run(place, 'QUEUED', project, type, sha256, sm3, request, '2024-11-23T00:00:00.000Z', null)
    insert.run('x', 'ANCHORED', project, type, sha256, sm3, request, '2024-11-23T00:00:00.000Z', outcome)
    old.prepare('INSERT INTO meta VALUES (?, ?)').run('genesis', 'aa')
    old.close()

    const database = openDatabase(directory)
    const outbox = new Outbox(database, new GroupCommit(database), 10)
    expect(outbox.find(place)).to.include({ state: 'QUEUED', request, route: 'SINGLE' })
    expect(outbox.due(1, 10).map((entry) => entry.place)).to.deep.equal([place])
    expect(outbox.toBatch(0, 10)).to.deep.equal([])
    expect(outbox.find('x')?.outcome).to.deep.equal(JSON.parse(outcome))
    expect(database.prepare('SELECT * FROM meta').all()).to.deep.equal([{ name: 'genesis', value: 'aa' }])
    expect((await outbox.accept(toOutbox(documentOf(2)))).kind).to.equal('journalled')
    expect(outbox.toBatch(0, 10)).to.have.length(1)
    database.close()
    const again = openDatabase(directory)
    expect(again.pragma('user_version')).to.deep.equal([{ user_version: migrations.length }])
    again.close()
  })
})

const record: BatchRecord = {
  kind: 'batch',
  version: 1,
  network: 'a'.repeat(64),
  id: 'c'.repeat(64),
  leafFormat: 'caizheng-leaf-v1',
  size: 3,
  roots: { sha256: 'd'.repeat(64), sm3: 'e'.repeat(64) },
  lane: 'gateway-1',
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64), key: randomBytes(32).toString('hex') },
  time: '2024-11-23T00:00:00.000Z',
  tx: 'b'.repeat(64),
  sequence: 1,
}
