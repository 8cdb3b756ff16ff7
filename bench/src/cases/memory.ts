import process from 'node:process'
import type { Case } from '../case.js'
import { anchorNew } from '../document.js'
import { runNetwork } from '../network/running-network.js'
import { beside } from '../measurement.js'
import { rateOf } from '../timing.js'

const transactions = 10_000

export const memory: Case = {
  name: 'memory',
  about: `resident memory of the network's process after ${transactions.toLocaleString('en')} anchors`,
  async measure({ folder, say }) {
    const network = await runNetwork(folder)
    try {
      const fresh = await network.memory()
      for (let done = 0; done < transactions; done += 2000) {
        say(`${done} of ${transactions} anchors`)
        await rateOf(64, 2000, () => anchorNew(network.client))
      }
      const value = await network.memory()
      const peer = { what: 'the same process after its first commit', value: fresh, unit: 'MiB' } as const
      const what = `memory after ${transactions.toLocaleString('en')} transactions (Node ${process.versions.node})`
      return [{ what, value, unit: 'MiB', goal: { atMost: 300 }, beside: beside(value, peer) }]
    } finally {
      await network.stop()
    }
  },
}
