import type { Case } from '../case.js'
import { anchorNew } from '../document.js'
import { beside } from '../measurement.js'
import { runNetwork } from '../network/running-network.js'
import { syncedWrite } from '../peers/synced-write.js'
import { unaryEcho } from '../peers/unary-echo.js'
import { percentile, timeEach } from '../timing.js'

const calls = 300

export const submit: Case = {
  name: 'submit',
  about: 'one anchor at a time, from proposal to commit status',
  async measure({ folder }) {
    const network = await runNetwork(folder)
    try {
      await timeEach(50, () => anchorNew(network.client))
      const times = await timeEach(calls, () => anchorNew(network.client))
      const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)]
      const write = await syncedWrite(folder)
      const { one } = await unaryEcho()
      return [
        {
          what: 'submit, one at a time, p50',
          value: p50,
          unit: 'ms',
          goal: { atMost: 15 },
          beside: beside(p50, write),
        },
        { what: 'submit, one at a time, p95', value: p95, unit: 'ms', beside: beside(p95, one) },
      ]
    } finally {
      await network.stop()
    }
  },
}
