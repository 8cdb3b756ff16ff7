import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Case } from '../case.js'
import { beside, type Measurement } from '../measurement.js'
import { runNetwork } from '../network/running-network.js'
import { percentile, timeEach } from '../timing.js'

const rounds = 5

export const start: Case = {
  name: 'start',
  about: 'from the start of the process to its first commit',
  async measure({ folder }) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const network = await runNetwork(folder)
      times.push(network.millisecondsToFirstCommit)
      await network.stop()
    }
    const value = percentile(times, 0.5)
    const what = `process start to first commit, empty folder, median of ${rounds}`
    return [{ what, value, unit: 'ms', goal: { atMost: 1000 }, beside: beside(value, await bareProcess()) }]
  },
}

const nothing = fileURLToPath(new URL('../peers/nothing-process.js', import.meta.url))

/** A Node process that does nothing: no start can be faster. */
async function bareProcess(): Promise<Measurement> {
  const times = await timeEach(rounds, () => once(fork(nothing), 'exit'))
  return { what: 'a Node process that does nothing', value: percentile(times, 0.5), unit: 'ms' }
}
