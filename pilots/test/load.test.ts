import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import {
  keptKeys,
  loadPilot,
  PilotError,
  pilotJournal,
  playable,
  readPilot,
  type Pilot,
  type PilotJournal,
} from '../src/index.js'
import { startCounty, type County } from './county.js'

describe('loading a pilot', function () {
  this.timeout(60_000)
  let county: County
  let folder: string
  /** The beginning of a life: people, project, attestations, quotas. */
  let pilot: Pilot

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'caizheng-load-'))
    const whole = await readPilot('A-municipal-road')
    pilot = { ...whole, steps: whole.steps.slice(0, 48) }
    county = await startCounty()
  })
  after(async () => {
    await county?.stop()
    await rm(folder, { recursive: true })
  })

  interface Trial {
    readonly journal?: PilotJournal
    readonly signal?: AbortSignal
    readonly onStep?: (done: number) => void
    readonly of?: Pilot
  }
  const load = ({ of = pilot, journal = pilotJournal(folder), ...options }: Trial = {}): Promise<boolean> => {
    const { cast, administrator } = county
    return loadPilot(of, { cast, administrator, settle: () => county.settle(), journal, ...options })
  }

  /** A journal that is cut off at its n-th entry, before or after that is written. */
  function cutOff(entry: number, when: 'before' | 'after'): PilotJournal {
    const real = pilotJournal(folder)
    let written = 0
    return {
      read: (name) => real.read(name),
      async write(name, played) {
        const cut = ++written === entry
        if (cut && when === 'before') throw new Error('cut off')
        await real.write(name, played)
        if (cut) throw new Error('cut off')
      },
    }
  }

  /** How many steps the journal has, at the beginning of the next loading. */
  async function begins(trial: Trial): Promise<number | undefined> {
    let first: number | undefined
    await load({ ...trial, onStep: (done) => (first ??= done) }).catch((error: unknown) => {
      expect(String(error)).to.include('cut off')
    })
    return first
  }

  it('stops after the step under way, and goes on from there', async () => {
    const stop = new AbortController()
    const complete = await load({ signal: stop.signal, onStep: (done) => done === 36 && stop.abort() })
    expect(complete).to.equal(false)
    expect(await begins({ journal: cutOff(3, 'before') })).to.equal(36)
  })

  it('plays a step that was noted but never sent, and no step twice that was sent but not noted', async () => {
    // Two steps were played before the cut above: the first is in the journal, the second only on the chain.
    expect(await begins({ journal: cutOff(5, 'after') })).to.equal(38)
    // Four were played, and a fifth was noted but not sent.
    expect(await begins({ journal: cutOff(1, 'before') })).to.equal(42)
  })

  it('ends with each step once on the chain, and has nothing to do afterwards', async () => {
    expect(await load()).to.equal(true)
    const sent = new Map<string, number>()
    const height = await county.administrator.height()
    for await (const { number, transactions } of county.administrator.followBlocks({ from: 0 })) {
      for (const { valid, function: name = '' } of transactions) if (valid) sent.set(name, (sent.get(name) ?? 0) + 1)
      if (number + 1 === height) break
    }
    const committed = playable(pilot).filter(({ expect: { status } }) => status !== 'REJECTED')
    const count = (transaction: string) => committed.filter((step) => step.transaction === transaction).length
    expect(sent.get('BudgetContract:AllocateQuota')).to.equal(count('allocateQuota'))
    expect(sent.get('ProjectContract:CreateProject')).to.equal(count('createProject'))
    expect(sent.get('ProjectContract:RecordAttestation')).to.equal(count('recordAttestation'))
    expect(await load()).to.equal(true)
    expect(await county.administrator.height()).to.equal(height)
  })

  it('says which step gave something else, and what came', async () => {
    const [step] = (await readPilot('B-education-school')).steps.filter(
      ({ transaction }) => transaction === 'createProject',
    )
    if (step === undefined) throw new Error('the pilot creates no project')
    const of: Pilot = { ...pilot, pilot: 'nobody', steps: [{ ...step, actor: 'NOBODY' }] }
    const error = await load({ of }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).to.be.instanceOf(PilotError)
    expect(String(error)).to.match(/nobody, step \d+ \(createProject\): COMMITTED was expected, [A-Z_]+: /)
  })

  it('keeps the keys of people readable for their owner alone, the same at each asking', async () => {
    const keys = path.join(folder, 'people')
    const first = await keptKeys(keys, 'A-OWN/1', () => ({ certificate: 'one', privateKey: 'secret' }))
    const again = await keptKeys(keys, 'A-OWN/1', () => ({ certificate: 'two', privateKey: 'other' }))
    expect(again).to.deep.equal(first)
    const [file = ''] = await readdir(keys)
    expect((await stat(path.join(keys, file))).mode & 0o777).to.equal(0o600)
  })
})
