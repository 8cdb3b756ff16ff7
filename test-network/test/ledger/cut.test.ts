import { cp, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { LedgerError, openLedger } from '../../src/ledger/index.js'
import { Bench, CHANNEL, NAMESPACE, collect, commit, genesis, put } from './support.js'

/** By command every byte; else one in so many, another one each time. */
const STEP = process.env.CAIZHENG_FAULT_ROUNDS === undefined ? 9 : 1

describe('ledger: a log cut at any byte', function () {
  this.timeout(300_000)
  const bench = new Bench()
  let sound: string
  let height: number

  before(async () => {
    sound = await bench.directory()
    const ledger = await bench.open(sound)
    for (let i = 1; i < 4; i++) await commit(ledger, [{ txId: `tx${i}`, writes: [put('counter', `${i}`)] }])
    ;({ height } = ledger)
    await ledger.close()
  })
  after(() => bench.clear())

  async function logOf(directory: string): Promise<string> {
    const logs = (await readdir(directory)).filter((name) => name.endsWith('.log'))
    expect(logs).to.have.length(1)
    return join(directory, logs[0] as string)
  }

  /** What a copy says whose log in the folder was cut there: its height, or the code and the place of a refusal. */
  async function heightOfCut(folder: string, length: number): Promise<number | string> {
    const directory = await mkdtemp(join(tmpdir(), 'ledger-cut-'))
    try {
      await cp(sound, directory, { recursive: true })
      await truncate(await logOf(join(directory, folder)), length)
      const ledger = await openLedger(directory, { channel: CHANNEL, genesis })
      try {
        const state = ledger.snapshot()
        const [row] = await collect(state.range(NAMESPACE, '', ''))
        await state.close()
        expect(Buffer.from(row?.value ?? []).toString(), 'the state is that of the last block').to.equal(
          String(ledger.height - 1),
        )
        return ledger.height
      } finally {
        await ledger.close()
      }
    } catch (error) {
      if (error instanceof LedgerError && error.place !== undefined) return `${error.code} ${error.place}`
      throw error
    } finally {
      await rm(directory, { recursive: true })
    }
  }

  it('is missed, wherever it was cut, as all of it was acknowledged', async () => {
    const { size } = await stat(await logOf(join(sound, 'data')))
    for (let length = Math.floor(Math.random() * STEP); length < size; length += STEP) {
      expect(await heightOfCut('data', length), `cut at ${length} of ${size}`).to.match(
        /^DAMAGED (block \d|checkpoint|format)/,
      )
    }
    expect(await heightOfCut('data', size)).to.equal(height)
  })

  it('takes nothing away where it is the log of the guard', async () => {
    const { size } = await stat(await logOf(join(sound, 'guard')))
    for (let length = 0; length <= size; length += STEP) {
      expect(await heightOfCut('guard', length), `cut at ${length} of ${size}`).to.equal(height)
    }
  })
})
