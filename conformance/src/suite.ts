import type { Bench, Cases } from './bench.js'
import { attackCases } from './cases/attacks.js'
import { badInputCases } from './cases/bad-input.js'
import { changedBuildCases } from './cases/changed-builds.js'
import { configurationAttackCases } from './cases/configuration-attacks.js'
import { configurationCases } from './cases/configuration.js'
import { conflictCases } from './cases/conflicts.js'
import { endorsementCases } from './cases/endorsement.js'
import { eventCases } from './cases/events.js'
import { failureCases } from './cases/failures.js'
import { interruptionCases } from './cases/interruptions.js'
import { lifecycleCases } from './cases/lifecycle/index.js'
import { privateDataCases } from './cases/private-data.js'
import { privateEndorsementCases } from './cases/private-endorsement.js'
import { queryCases } from './cases/queries.js'
import { revocationCases } from './cases/revocation.js'
import { stateCases } from './cases/state.js'
import { openGateway, type GatewaySession } from './gateway.js'
import { deployments } from './deployments.js'
import type { NetworkUnderTest, StartNetwork } from './network.js'

/**
 * Registers every case with mocha, on one network for all of them.
 *
 * @param more further cases, of clients that only the tests depend on
 */
export function conformanceSuite(name: string, start: StartNetwork, more: readonly Cases[] = []): void {
  describe(`conformance: ${name}`, function () {
    this.timeout(60_000)
    let network: NetworkUnderTest | undefined
    let finance: GatewaySession | undefined
    let keys = 0
    const bench: Bench = {
      get network() {
        if (!network) throw new Error('the network has not started')
        return network
      },
      get finance() {
        if (!finance) throw new Error('the network has not started')
        return finance
      },
      key: () => `key-${String((keys += 1))}`,
    }
    before(async () => {
      network = await start(deployments)
      finance = openGateway(network.connect('FinanceMSP'))
    })
    after(async () => {
      finance?.close()
      await network?.stop()
    })
    for (const cases of [
      stateCases,
      queryCases,
      conflictCases,
      endorsementCases,
      privateDataCases,
      privateEndorsementCases,
      eventCases,
      failureCases,
      attackCases,
      badInputCases,
      lifecycleCases,
      changedBuildCases,
      configurationAttackCases,
      configurationCases,
      revocationCases,
      interruptionCases,
      ...more,
    ]) {
      cases(bench)
    }
  })
}
