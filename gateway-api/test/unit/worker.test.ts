import { expect } from 'chai'
import fc from 'fast-check'
import { pino } from 'pino'
import { backoff } from '../../src/outbox/backoff.js'
import { Outbox } from '../../src/outbox/outbox.js'
import type { Outcome } from '../../src/outbox/outcome.js'
import { OutboxWorker, type Submit } from '../../src/outbox/worker.js'
import { openDatabase, type Sqlite } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()
const logger = pino({ level: 'silent' })

class NetworkAway extends Error {}

const placeOf = (n: number): string => String(n).padStart(64, '0')
const anchored = (place: string): Outcome => ({
  state: 'ANCHORED',
  id: place,
  created: true,
  block: 1,
  transaction: place,
  record: '{}',
})

describe('backoff', () => {
  it('grows from a quarter of a second to at most thirty, never below half of its step', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const whole = Math.min(30_000, 250 * 2 ** Math.min(failures, 20))
        const wait = backoff(failures, () => random)
        expect(wait).to.be.within(Math.floor(whole / 2), whole)
      }),
    )
  })
})

describe('outbox worker', () => {
  let database: Sqlite
  let outbox: Outbox
  let worker: OutboxWorker

  beforeEach(() => {
    database = openDatabase(folder())
    outbox = new Outbox(database, new GroupCommit(database), 1_000)
  })

  afterEach(async () => {
    await worker.stop(0)
    database.close()
  })

  async function accept(count: number): Promise<void> {
    const documents = Array.from({ length: count }, (_, n) => ({
      place: placeOf(n),
      project: 'p',
      type: 't',
      sha256: placeOf(n),
      sm3: placeOf(n),
      request: '{}',
      route: 'SINGLE' as const,
    }))
    await Promise.all(documents.map((document) => outbox.accept(document)))
  }

  function start(submit: Submit, concurrency = 4): void {
    const isNetworkFailure = (error: unknown) => error instanceof NetworkAway
    worker = new OutboxWorker({ outbox, submit, isNetworkFailure, logger, concurrency })
    worker.start()
  }

  const settledAll = async (): Promise<void> => {
    while (outbox.queued() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it('submits all, each once, never more at a time than allowed', async () => {
    await accept(50)
    const seen: string[] = []
    let running = 0
    let most = 0
    start(async ({ place }) => {
      seen.push(place)
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running--
      return anchored(place)
    })
    await settledAll()
    expect(seen).to.have.length(50)
    expect(new Set(seen).size).to.equal(50)
    expect(most).to.equal(4)
  })

  it('does nothing before it is started', async () => {
    let calls = 0
    worker = new OutboxWorker({
      outbox,
      submit: async ({ place }) => {
        calls++
        return anchored(place)
      },
      isNetworkFailure: () => false,
      logger,
      concurrency: 4,
    })
    await accept(1)
    worker.poke()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(calls).to.equal(0)
    worker.start()
    await settledAll()
    expect(calls).to.equal(1)
  })

  it('sends one document at a time while the network is away, then all', async () => {
    await accept(20)
    let away = true
    let running = 0
    let mostAway = 0
    let failures = 0
    start(async ({ place }) => {
      running++
      if (away && failures >= 4) mostAway = Math.max(mostAway, running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running--
      if (!away) return anchored(place)
      if (++failures === 6) away = false
      throw new NetworkAway('connection refused')
    })
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(worker.status().paused).to.equal('connection refused')
    await settledAll()
    expect(mostAway).to.equal(1)
    expect(worker.status().paused).to.equal(undefined)
  })

  it('lets a document with a trouble of its own hold up no other', async () => {
    await accept(10)
    let tries = 0
    start(async ({ place }) => {
      if (place !== placeOf(0)) return anchored(place)
      if (++tries < 3) throw new Error('endorsements differ')
      return anchored(place)
    }, 1)
    while (outbox.queued() > 1) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(outbox.find(placeOf(0))).to.include({ state: 'QUEUED', lastError: 'endorsements differ' })
    await settledAll()
    expect(tries).to.equal(3)
  })

  it('records a refusal and does not try again', async () => {
    await accept(1)
    let calls = 0
    start(async () => {
      calls++
      return { state: 'REFUSED', refusal: { code: 'ANCHOR_CONFLICT', message: 'other particulars' } }
    })
    await settledAll()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(calls).to.equal(1)
    expect(outbox.find(placeOf(0))?.state).to.equal('REFUSED')
  })

  it('wakes who waits for a document, or lets them go in time', async () => {
    await accept(1)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    start(async ({ place }) => {
      await held
      return anchored(place)
    })
    const never = new AbortController().signal
    const begin = Date.now()
    await worker.waitFor(placeOf(0), 40, never)
    expect(Date.now() - begin).to.be.at.least(35)
    expect(outbox.find(placeOf(0))?.state).to.equal('QUEUED')
    setTimeout(release, 10)
    await worker.waitFor(placeOf(0), 5_000, never)
    expect(outbox.find(placeOf(0))?.state).to.equal('ANCHORED')
  })

  it('stops after what is in flight, or breaks it off', async () => {
    await accept(2)
    let broken = false
    start(
      ({ place }, signal) =>
        new Promise((resolve, reject) => {
          if (place === placeOf(0)) setTimeout(() => resolve(anchored(place)), 20)
          else signal.addEventListener('abort', () => reject(((broken = true), new Error('broken off'))))
        }),
      2,
    )
    await worker.stop(60)
    expect(broken).to.equal(true)
    expect(outbox.find(placeOf(0))?.state).to.equal('ANCHORED')
    expect(outbox.find(placeOf(1))).to.include({ state: 'QUEUED', attempts: 0 })
  })
})
