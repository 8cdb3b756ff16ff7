import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { parseBlock } from '@caizheng/fabric-wire'
import { verifyLedger } from '../../src/ledger/index.js'
import { chance, roundsOr } from '../support/chance.js'
import { Bench } from './support.js'

const program = fileURLToPath(new URL('./commit-forever.js', import.meta.url))
const rounds = roundsOr(6)

/** Lets a process commit for a while, kills it outright, and gives the last height that it acknowledged. */
async function killedAt(directory: string, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  await once(child.stdout, 'data')
  await wait(milliseconds)
  child.kill('SIGKILL')
  await once(child, 'close')
  const lines = printed.slice(0, printed.lastIndexOf('\n')).split('\n')
  return Number(lines.at(-1))
}

describe('ledger: killed while committing', () => {
  const bench = new Bench()
  after(() => bench.clear())

  it('has every acknowledged block, and is sound, after each of several kills', async function () {
    this.timeout(rounds * 10_000)
    const directory = await bench.directory()
    let height = 1
    for (let round = 0; round < rounds; round++) {
      const acknowledged = await killedAt(directory, 250 * chance('commit', round))
      expect(acknowledged).to.be.greaterThan(height)
      const ledger = await bench.open(directory)
      // The block under way may have reached the disk unacknowledged; more than one can't.
      expect(ledger.height).to.be.within(acknowledged, acknowledged + 1)
      for (let number = height; number < acknowledged; number++) {
        expect(parseBlock((await ledger.block(number)) as Uint8Array).header.number).to.equal(number)
        expect((await ledger.transaction(`tx${number}-0`))?.block).to.equal(number)
      }
      height = ledger.height
      await ledger.close()
      expect((await verifyLedger(directory)).height).to.equal(height)
    }
  })
})
