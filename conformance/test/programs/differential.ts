import { expect } from 'chai'
import fc from 'fast-check'
import { deployments } from '../../src/deployments.js'
import type { Bench, StartNetwork } from '../../src/index.js'
import { ProgramSession, runProgram } from '../../src/programs/index.js'
import { programs } from './arbitrary.js'
import { difference } from './difference.js'
import { asRecorded } from './recorded.js'
import { settings } from './settings.js'

/**
 * Random programs on the suite's network and on a second one of the same chaincodes, which submits in the order that the
 * first one gave the transactions: both must come to the same, answer by answer and key by key.
 */
export function differentialCases(startOther: StartNetwork): (bench: Bench) => void {
  return (bench) => {
    describe('random programs beside the other network', function () {
      this.timeout(600_000)
      const count = settings.programs(20)
      let sessions: [ProgramSession, ProgramSession]
      before(async () => {
        sessions = [await ProgramSession.open(bench.network), await ProgramSession.open(await startOther(deployments))]
      })
      after(async () => {
        for (const session of sessions) session.close()
        await sessions[1].network.stop()
      })

      it(`ends in the same: ${String(count)} programs of CONFORMANCE_SEED=${String(settings.seed)}`, async () => {
        for (const [at, program] of fc.sample(programs(), { seed: settings.seed, numRuns: count }).entries()) {
          const prefix = `program-${String(at)}.`
          const first = await runProgram(sessions[0], program, { prefix })
          const second = await runProgram(sessions[1], program, { prefix, order: first.order })
          const found = difference(asRecorded(first), asRecorded(second))
          if (found !== undefined) expect.fail(`program ${String(at)}: ${found}`)
        }
      })
    })
  }
}
