import { fork } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Case } from '../case.js'
import { beside, type Measurement, type Skipped } from '../measurement.js'
import type { Kind } from '../network/running-network.js'
import { percentile } from '../timing.js'
import { withoutFabric } from './fabric.js'

const tests = 100
/** On real Fabric each takes seconds, and the next takes as long. */
const testsOnFabric = 3

export const suite: Case = {
  name: 'suite',
  about: `${tests} integration tests, each on a network and a channel of its own`,
  async measure({ say }) {
    say(`embedded: ${tests} tests`)
    const { total, each } = await runSuite('embedded', tests)
    const whole: Measurement = {
      what: `suite of ${tests} integration tests, each on a fresh channel, the process's start included`,
      value: total / 1000,
      unit: 's',
      goal: { atMost: 30 },
    }
    const what = 'one of these tests, median: network, chaincode, test, stop'
    if (!process.env.FABRIC_BIN) return [whole, { what: `beside Fabric: ${what}`, skipped: withoutFabric }]
    say(`real Fabric: ${testsOnFabric} tests`)
    const fabric = await runSuite('fabric', testsOnFabric)
    const peer = { what: `real Fabric, median of ${testsOnFabric}`, value: fabric.each, unit: 'ms' } as const
    return [whole, { what: `beside Fabric: ${what}`, value: each, unit: 'ms', beside: beside(each, peer) }] satisfies (
      Measurement | Skipped
    )[]
  },
}

const program = fileURLToPath(new URL('../suite/suite-process.js', import.meta.url))

/** Runs the suite in a process of its own. @returns milliseconds */
async function runSuite(kind: Kind, count: number): Promise<{ total: number; each: number }> {
  const started = performance.now()
  const child = fork(program, [kind, String(count)])
  let times: number[] = []
  child.on('message', (message) => (times = message as number[]))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0 || times.length !== count) throw new Error(`the suite's process ended with ${String(code)}`)
  return { total: performance.now() - started, each: percentile(times, 0.5) }
}
