import process from 'node:process'
import type { Case, Run } from '../case.js'
import { anchorNew } from '../document.js'
import { beside, type Goal, type Skipped, type Unit } from '../measurement.js'
import { allThree } from '../network/policy.js'
import { runNetwork, type Kind } from '../network/running-network.js'
import { percentile, rateOf, timeEach } from '../timing.js'

const starts = 3
const calls = 200
const transactions = 1500

const rows = [
  { name: 'start', what: `start to first commit, median of ${starts}`, unit: 'ms', goal: { ratioAtMost: 1 / 5 } },
  { name: 'submit', what: 'submit, one at a time, p50', unit: 'ms', goal: { ratioAtMost: 1 / 4 } },
  { name: 'rate', what: 'submit, 256 in flight, all three endorse', unit: 'tx/s', goal: { ratioAtLeast: 1.5 } },
  { name: 'memory', what: 'memory of everything, after these', unit: 'MiB', goal: { ratioAtMost: 1 / 3 } },
] as const satisfies readonly { name: string; what: string; unit: Unit; goal: Goal }[]

type Figures = Record<(typeof rows)[number]['name'], number>

export const withoutFabric = 'set FABRIC_BIN to a folder with the programs of Fabric'

export const fabric: Case = {
  name: 'fabric',
  about: 'start, submit, rate and memory beside real Fabric, where FABRIC_BIN names its programs',
  async measure(run) {
    if (!process.env.FABRIC_BIN) {
      return rows.map(({ what }): Skipped => ({ what: `beside Fabric: ${what}`, skipped: withoutFabric }))
    }
    const ours = await figuresOf('embedded', run)
    const theirs = await figuresOf('fabric', run)
    return rows.map(({ name, what, unit, goal }) => {
      const peer = { what: 'real Fabric, the same', value: theirs[name], unit }
      return { what: `beside Fabric: ${what}`, value: ours[name], unit, goal, beside: beside(ours[name], peer) }
    })
  },
}

/** The same client, chaincode, policy and load on either network. */
async function figuresOf(kind: Kind, { folder, say }: Run): Promise<Figures> {
  const times: number[] = []
  for (let round = 1; round < starts; round++) {
    say(`${kind}: start`)
    const network = await runNetwork(folder, allThree, kind)
    times.push(network.millisecondsToFirstCommit)
    await network.stop()
  }
  const network = await runNetwork(folder, allThree, kind)
  try {
    times.push(network.millisecondsToFirstCommit)
    const anchor = () => anchorNew(network.client)
    say(`${kind}: one at a time`)
    await timeEach(50, anchor)
    const submit = percentile(await timeEach(calls, anchor), 0.5)
    say(`${kind}: 256 in flight`)
    await rateOf(256, 1000, anchor)
    const rate = await rateOf(256, transactions, anchor)
    return { start: percentile(times, 0.5), submit, rate, memory: await network.memoryOfAll() }
  } finally {
    await network.stop()
  }
}
