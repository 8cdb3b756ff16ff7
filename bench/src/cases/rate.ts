import type { Case, Run } from '../case.js'
import { anchorNew } from '../document.js'
import { beside, type Goal, type Measurement } from '../measurement.js'
import { allThree } from '../network/policy.js'
import { runNetwork } from '../network/running-network.js'
import { verificationRate } from '../peers/verifications.js'
import { rateOf } from '../timing.js'

const transactions = 2000

export const rate: Case = {
  name: 'rate',
  about: 'anchors a second, 64 and 256 in flight',
  async measure(run) {
    const verifying = verificationRate()
    return [
      ...(await ratesUnder(run, 'all three simulate and endorse', verifying, allThree, { atLeast: 300 })),
      ...(await ratesUnder(run, 'two of three endorse', verifying)),
    ]
  },
}

async function ratesUnder(
  { folder, say }: Run,
  name: string,
  peer: Measurement,
  policy?: string,
  goal?: Goal,
): Promise<Measurement[]> {
  const network = await runNetwork(folder, policy)
  const measurements: Measurement[] = []
  try {
    await rateOf(64, 500, () => anchorNew(network.client))
    for (const inFlight of [64, 256]) {
      say(`${name}, ${inFlight} in flight`)
      const value = await rateOf(inFlight, transactions, () => anchorNew(network.client))
      const what = `submit, ${inFlight} in flight, ${name}`
      measurements.push({ what, value, unit: 'tx/s', ...(goal && { goal }), beside: beside(value, peer) })
    }
    return measurements
  } finally {
    await network.stop()
  }
}
