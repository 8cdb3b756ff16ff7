import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { status } from '@grpc/grpc-js'
import { verify } from '@caizheng/evidence'
import { parseCanonical } from '@caizheng/records'
import { expect } from 'chai'
import {
  MemoryJournal,
  type BatchSettlement,
  type Client,
  type DocumentOutcome,
  type DocumentToAnchor,
  type Journal,
  type JournalledBatch,
} from '../../src/index.js'
import { codeOf, collect } from '../support.js'
import { about, startCounty, type County } from './county.js'
import { FaultyGateway } from './faulty-gateway.js'

const timeouts = { connect: 2_000, evaluate: 2_000, commit: 2_000, doubt: 500, outcome: 3_000 }

const item = (number: string, change: Partial<DocumentToAnchor['about']> = {}): DocumentToAnchor => ({
  document: { sha256: randomBytes(32).toString('hex'), sm3: randomBytes(32).toString('hex'), size: 7 },
  about: { ...about(number), type: 'SITE_EVIDENCE', ...change },
  key: number,
})
const items = (count: number, name: string) => Array.from({ length: count }, (_, index) => item(`${name}-${index}`))
const digestsOf = ({ document }: DocumentToAnchor) => document as { sha256: string; sm3: string }

/** A journal that says what was done with it, and crashes where a test wants it. */
class WatchedJournal extends MemoryJournal {
  readonly begun: JournalledBatch[] = []
  readonly settlements: BatchSettlement[] = []
  crash: 'begin' | 'settle' | undefined

  override async begin(batch: JournalledBatch): Promise<void> {
    await super.begin(batch)
    this.begun.push(batch)
    if (this.crash === 'begin') throw new Error('crashed after begin')
  }

  override async settle(root: string, settlement?: BatchSettlement): Promise<void> {
    if (this.crash === 'settle') throw new Error('crashed before settle')
    await super.settle(root)
    if (settlement !== undefined) this.settlements.push(settlement)
  }
}

async function failureOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'nothing failed',
    (error: unknown) => (error as Error).message,
  )
}

describe('anchoring streams of documents', function () {
  this.timeout(60_000)
  let county: County
  let gateway: FaultyGateway
  let client: Client

  before(async () => {
    county = await startCounty()
    gateway = new FaultyGateway(county.network.connect('FinanceMSP').address)
    await gateway.start()
    client = await county.client('FinanceMSP', { gateway: gateway.address, timeouts })
  })
  beforeEach(() => gateway.calm())
  after(async () => {
    gateway.stop()
    await county.stop()
  })

  const run = (documents: Parameters<Client['evidence']['anchorAll']>[0], options: object = {}) =>
    collect(client.evidence.anchorAll(documents, { size: 10, lanes: 2, lane: 'test', ...options }))
  const outcomeOf = (document: DocumentToAnchor, evidence: Uint8Array) =>
    verify(digestsOf(document), evidence, county.trust).outcome

  it('gives every document evidence that verifies offline, in the order of the source', async () => {
    const documents = items(47, 'all')
    const height = await client.height()
    const journal = new WatchedJournal()
    const outcomes = await run(documents, { journal })
    expect(outcomes.map(({ key }) => key)).to.deep.equal(documents.map(({ key }) => key))
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind !== 'batched') throw new Error(outcome.kind)
      expect(outcome.leaf.number).to.equal(documents[index]?.about.number)
      expect(outcome.batch.receipt.missing).to.deep.equal([])
      const evidence = await outcome.evidenceFile()
      expect(outcomeOf(documents[index] as DocumentToAnchor, evidence)).to.equal('VALID')
      expect(outcomeOf(documents[(index + 1) % 47] as DocumentToAnchor, evidence)).to.equal('INVALID')
    }
    expect((await client.height()) - height).to.be.within(1, 5)
    expect(journal.begun.map(({ leaves }) => leaves.length)).to.deep.equal([10, 10, 10, 10, 7])
    expect(journal.settlements.length).to.equal(5)
    expect(journal.unsettled()).to.deep.equal([])
    const lot = outcomes[3]?.kind === 'batched' ? outcomes[3].batch.evidenceFile() : new Uint8Array()
    expect(documents.slice(0, 10).map((document) => outcomeOf(document, lot))).to.deep.equal(Array(10).fill('VALID'))
  })

  it('anchors singly what rules must see and what replaces another, and refuses only what is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caizheng-'))
    const file = join(folder, 'photo.jpg')
    await writeFile(file, 'a photo')
    const base = { type: 'SITE_EVIDENCE' as const }
    const [first] = await run([item('v-1', { type: 'CONTRACT' })])
    if (first?.kind !== 'single') throw new Error(first?.kind)
    const again: DocumentToAnchor = { ...item('v-2', { type: 'CONTRACT', previous: first.anchored.id }) }
    const outcomes = await run([
      item('one'),
      again,
      { document: file, about: { ...about('photo'), ...base } },
      item('bad', { issuer: '12331003000001011D' }),
      { document: join(folder, 'absent.jpg'), about: { ...about('absent'), ...base } },
      { document: Buffer.from('bytes'), about: { ...about('bytes'), ...base, ...({ more: 1 } as object) } },
      item('conflict', { type: 'CONTRACT', previous: 'a'.repeat(64) }),
      item('合同〔2026〕1号'),
    ])
    const seen = outcomes.map((outcome) => [
      outcome.kind,
      outcome.key,
      outcome.kind === 'refused' ? outcome.error.code : '',
    ])
    expect(seen).to.deep.equal([
      ['batched', 'one', ''],
      ['single', 'v-2', ''],
      ['batched', file, ''],
      ['refused', 'bad', 'INPUT_INVALID'],
      ['refused', join(folder, 'absent.jpg'), 'DOCUMENT_NOT_FOUND'],
      ['refused', undefined, 'INPUT_INVALID'],
      ['refused', 'conflict', 'PREVIOUS_NOT_FOUND'],
      ['batched', '合同〔2026〕1号', ''],
    ])
    const [one, single, photo] = outcomes as Exclude<DocumentOutcome, { kind: 'refused' }>[]
    expect(outcomeOf(again, (await single?.evidenceFile()) as Uint8Array)).to.equal('VALID')
    expect(verify(Buffer.from('a photo'), (await photo?.evidenceFile()) as Uint8Array, county.trust).outcome).to.equal(
      'VALID',
    )
    expect(one?.kind === 'batched' && one.batch.size).to.equal(3)
    await rm(folder, { recursive: true })
  })

  it('closes a window when its time is over, without waiting for the source', async () => {
    let release = (): void => undefined
    const more = new Promise<void>((resolve) => (release = resolve))
    async function* slow() {
      yield item('slow-1')
      yield item('slow-2')
      await more
      yield item('slow-3')
    }
    const outcomes = client.evidence.anchorAll(slow(), { window: 20, lane: 'slow' })
    const first = (await outcomes.next()).value as DocumentOutcome
    expect(first.kind === 'batched' && first.batch.size).to.equal(2)
    release()
    expect((await collect(outcomes)).map(({ key }) => key)).to.deep.equal(['slow-2', 'slow-3'])
  })

  it('reads no further than two windows a lane beyond what was taken', async () => {
    let read = 0
    function* source() {
      for (const each of items(500, 'far')) {
        read++
        yield each
      }
    }
    const windows = client.evidence.anchorWindows(source(), { size: 5, lanes: 2, lane: 'far' })
    let taken = 0
    for await (const { outcomes } of windows) {
      taken += outcomes.length
      expect(read).to.be.at.most(taken + (4 + 1) * 5)
      if (taken >= 100) break
    }
    expect(read).to.be.below(150)
  })

  for (const [name, crash] of [
    ['between the journal and the chain', 'begin'],
    ['between the receipt and the journal', 'settle'],
  ] as const) {
    it(`heals after a crash ${name}, and the chain holds the batch once`, async () => {
      const documents = items(8, crash)
      const journal = new WatchedJournal()
      journal.crash = crash
      expect(await failureOf(run(documents, { journal }))).to.match(/^crashed/)
      expect(journal.unsettled().length).to.equal(1)

      journal.crash = undefined
      const height = await client.height()
      const outcomes = await run([item(`after-${crash}`)], { journal })
      expect(outcomes.map(({ key }) => key)).to.deep.equal([...documents.map(({ key }) => key), `after-${crash}`])
      const [healed] = outcomes
      if (healed?.kind !== 'batched') throw new Error(healed?.kind)
      expect(healed.batch).to.include({ recovered: true, created: crash === 'begin' })
      expect(outcomeOf(documents[0] as DocumentToAnchor, await healed.evidenceFile())).to.equal('VALID')
      expect((await client.height()) - height).to.be.at.most(crash === 'begin' ? 2 : 1)
      expect(journal.unsettled()).to.deep.equal([])
    })
  }

  it('heals where the batch is on the chain and its receipt was never had', async () => {
    const documents = items(4, 'receipt')
    const journal = new WatchedJournal()
    // The first is the batch's own proposal; what follows asks for the receipt.
    gateway.fault = (method, nth) =>
      method === 'Endorse' && nth > 1 ? { refuse: status.PERMISSION_DENIED, message: 'not you' } : undefined
    expect((await codeOf(run(documents, { journal }))).code).to.equal('NOT_PERMITTED')
    gateway.calm()
    const [healed] = await run([], { journal })
    expect(healed?.kind === 'batched' && healed.batch).to.include({ recovered: true, created: false })
    expect(gateway.seen.Submit).to.equal(0)
  })

  it('asks again for the same root where the outcome stays unknown', async () => {
    const height = await client.height()
    let lost = 0
    gateway.fault = (method) =>
      method === 'CommitStatus' && ++lost <= 3 ? { refuse: status.UNAVAILABLE, message: 'down' } : undefined
    const slow = { timeouts: { ...timeouts, outcome: 1 }, gateway: gateway.address }
    const impatient = await county.client('FinanceMSP', slow)
    const documents = items(3, 'unknown')
    const outcomes = await collect(impatient.evidence.anchorAll(documents, { lane: 'unknown' }))
    expect(outcomes.every((outcome) => outcome.kind === 'batched')).to.equal(true)
    expect((await client.height()) - height).to.equal(1)
  })

  it('sends a batch again where another won its lane', async () => {
    const both = await Promise.all(
      ['left', 'right'].map((name) => run(items(30, name), { lanes: 1, lane: 'shared', size: 5 })),
    )
    const batches = new Set(both.flat().map((outcome) => (outcome.kind === 'batched' ? outcome.batch : undefined)))
    const sequences = [...batches].map((batch) => batch?.record.sequence).sort((a, b) => Number(a) - Number(b))
    expect(sequences).to.deep.equal(Array.from({ length: 12 }, (_, index) => index + 1))
  })

  it('waits for a network that is away, and gives up after its patience, keeping what was begun', async () => {
    const away = (until: number) => (method: string, nth: number) =>
      method === 'Endorse' && nth <= until ? { refuse: status.UNAVAILABLE, message: 'away' } : undefined
    gateway.fault = away(6)
    expect((await run(items(3, 'away'), { patience: 30_000 })).length).to.equal(3)

    gateway.calm()
    gateway.fault = away(Infinity)
    const journal = new WatchedJournal()
    const error = await codeOf(run(items(3, 'gone'), { journal, patience: 0 }))
    expect(error.code).to.equal('NOT_REACHABLE')
    expect(journal.unsettled().length).to.equal(1)
  })

  it('stops where the caller says so, while the source waits', async () => {
    const stop = new AbortController()
    async function* endless() {
      yield item('endless')
      await new Promise(() => undefined)
    }
    const outcomes = client.evidence.anchorAll(endless(), { signal: stop.signal, window: 1, lane: 'endless' })
    expect(((await outcomes.next()).value as DocumentOutcome).kind).to.equal('batched')
    const end = codeOf(outcomes.next())
    stop.abort()
    expect((await end).code).to.equal('CANCELLED')
  })

  it('refuses a journal whose leaves are not what was kept', async () => {
    const journal = new WatchedJournal()
    journal.crash = 'begin'
    await failureOf(run(items(2, 'damaged'), { journal }))
    const [batch] = journal.unsettled() as [JournalledBatch]
    const text = String(batch.leaves[0]?.text).replace('damaged', 'changed')
    expect(parseCanonical(text)).to.have.property('salt')
    const damaged: Journal = {
      begin: () => Promise.resolve(),
      settle: () => Promise.resolve(),
      unsettled: () => [{ ...batch, leaves: [{ text }, ...batch.leaves.slice(1)] }],
    }
    expect((await codeOf(run([], { journal: damaged }))).code).to.equal('JOURNAL_DAMAGED')
  })
})
