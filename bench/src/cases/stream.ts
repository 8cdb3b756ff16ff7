import process from 'node:process'
import type { Case } from '../case.js'
import { documents } from '../evidence/documents.js'
import { runNetwork } from '../network/running-network.js'

const count = Number(process.env['BENCH_DOCUMENTS'] ?? 10_000_000)

export const stream: Case = {
  name: 'stream',
  about: `memory of the client while ${count.toLocaleString('en')} digests stream through; only where it is named`,
  async measure({ folder, say }) {
    const network = await runNetwork(folder)
    try {
      const started = performance.now()
      let [anchored, most, batches] = [0, 0, 0]
      const windows = network.client.evidence.anchorWindows(documents(count), {
        lanes: 8,
        lane: 'stream',
        window: 1_000,
      })
      for await (const { batch } of windows) {
        if (batch?.receipt.missing.length !== 0) throw new Error('a batch without a whole receipt')
        anchored += batch.size
        most = Math.max(most, process.memoryUsage.rss() / 2 ** 20)
        if (++batches % 250 === 0) say(`${anchored.toLocaleString('en')} anchored, at most ${Math.round(most)} MiB`)
      }
      if (anchored !== count) throw new Error(`${anchored} of ${count} were anchored`)
      const rate = anchored / ((performance.now() - started) / 1000)
      const what = `${count.toLocaleString('en')} digests streamed through, embedded network`
      return [
        { what: `${what}: most memory of the client`, value: most, unit: 'MiB', goal: { atMost: 512 } },
        { what: `${what}: anchored, each under a receipt of three`, value: rate, unit: 'documents/s' },
      ]
    } finally {
      await network.stop()
    }
  },
}
