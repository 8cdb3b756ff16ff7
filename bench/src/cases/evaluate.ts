import type { Case } from '../case.js'
import { anchorNew } from '../document.js'
import { beside } from '../measurement.js'
import { runNetwork } from '../network/running-network.js'
import { unaryEcho } from '../peers/unary-echo.js'
import { rateOf } from '../timing.js'

export const evaluate: Case = {
  name: 'evaluate',
  about: 'queries of one anchor, one at a time and 64 in flight',
  async measure({ folder }) {
    const network = await runNetwork(folder)
    try {
      const { id } = await anchorNew(network.client)
      const query = () => network.client.evidence.get(id)
      await rateOf(64, 500, query)
      const one = await rateOf(1, 500, query)
      const many = await rateOf(64, 3000, query)
      const echo = await unaryEcho()
      return [
        { what: 'evaluate, one at a time', value: one, unit: 'calls/s', beside: beside(one, echo.oneRate) },
        { what: 'evaluate, 64 in flight', value: many, unit: 'calls/s', beside: beside(many, echo.many) },
      ]
    } finally {
      await network.stop()
    }
  },
}
