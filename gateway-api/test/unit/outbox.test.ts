import { expect } from 'chai'
import { Outbox, type OutboxDocument, type Route } from '../../src/outbox/outbox.js'
import type { Outcome } from '../../src/outbox/outcome.js'
import { openDatabase, type Sqlite } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()

const document = (n: number, request = `{"n":${n}}`, route: Route = 'SINGLE'): OutboxDocument => ({
  place: String(n).padStart(64, '0'),
  project: '2303-331003-04-01-000001',
  type: 'CONTRACT',
  sha256: String(n).padStart(64, 'a'),
  sm3: String(n).padStart(64, 'b'),
  request,
  route,
})

const anchored: Outcome = {
  state: 'ANCHORED',
  id: 'f'.repeat(64),
  created: true,
  block: 7,
  transaction: 'e'.repeat(64),
  record: '{}',
}
const refused: Outcome = { state: 'REFUSED', refusal: { code: 'PREVIOUS_NOT_FOUND', message: 'no' } }

describe('outbox', () => {
  let database: Sqlite
  let outbox: Outbox

  beforeEach(() => {
    database = openDatabase(folder())
    outbox = new Outbox(database, new GroupCommit(database), 3)
  })

  afterEach(() => database.close())

  it('journals a document once, whoever asks and however often', async () => {
    const answers = await Promise.all([
      outbox.accept(document(1)),
      outbox.accept(document(1)),
      outbox.accept(document(1)),
    ])
    expect(answers.map(({ kind }) => kind)).to.deep.equal(['journalled', 'known', 'known'])
    expect(outbox.queued()).to.equal(1)
  })

  it('refuses other particulars for a place that is queued or anchored', async () => {
    await outbox.accept(document(1))
    expect((await outbox.accept(document(1, '{"other":1}'))).kind).to.equal('conflict')
    await outbox.settle(document(1).place, anchored)
    expect((await outbox.accept(document(1, '{"other":1}'))).kind).to.equal('conflict')
    expect((await outbox.accept(document(1))).kind).to.equal('known')
  })

  it('queues a refused document again, with new particulars too', async () => {
    await outbox.accept(document(1))
    await outbox.settle(document(1).place, refused)
    expect(outbox.queued()).to.equal(0)
    expect((await outbox.accept(document(1, '{"mended":1}'))).kind).to.equal('journalled')
    expect(outbox.find(document(1).place)).to.include({ state: 'QUEUED', request: '{"mended":1}', attempts: 0 })
    expect(outbox.find(document(1).place)?.outcome).to.equal(undefined)
  })

  it('is full at its limit, but still knows what it has', async () => {
    for (const n of [1, 2, 3]) await outbox.accept(document(n))
    expect((await outbox.accept(document(4))).kind).to.equal('full')
    expect((await outbox.accept(document(2))).kind).to.equal('known')
    await outbox.settle(document(1).place, anchored)
    expect((await outbox.accept(document(4))).kind).to.equal('journalled')
  })

  it('holds the limit against a burst', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => outbox.accept(document(n))))
    expect(answers.map(({ kind }) => kind)).to.deep.equal(['journalled', 'journalled', 'journalled', 'full', 'full'])
  })

  it('keeps the first outcome', async () => {
    await outbox.accept(document(1))
    await outbox.settle(document(1).place, anchored)
    await outbox.settle(document(1).place, refused)
    expect(outbox.find(document(1).place)?.outcome).to.deep.equal(anchored)
  })

  it('gives out what is due, oldest first, and says when the next is', async () => {
    for (const n of [1, 2, 3]) await outbox.accept(document(n))
    await outbox.postpone(document(1).place, 'away', 5_000)
    expect(outbox.due(1_000, 10).map(({ place }) => place)).to.deep.equal([document(2).place, document(3).place])
    expect(outbox.due(1_000, 1)).to.have.length(1)
    expect(outbox.nextDelayed(1_000)).to.equal(5_000)
    expect(outbox.due(5_000, 10).map(({ place }) => place)[0]).to.equal(document(1).place)
    expect(outbox.nextDelayed(5_000)).to.equal(undefined)
    expect(outbox.find(document(1).place)).to.include({ attempts: 1, lastError: 'away' })
    outbox.resetDelays()
    expect(outbox.due(0, 10)).to.have.length(3)
  })

  it('finds by either digest', async () => {
    await outbox.accept(document(1))
    expect(outbox.byDigest('sha256', document(1).sha256)).to.have.length(1)
    expect(outbox.byDigest('sm3', document(1).sm3)).to.have.length(1)
    expect(outbox.byDigest('sm3', document(1).sha256)).to.have.length(0)
  })
})
