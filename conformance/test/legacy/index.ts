import './quiet.js'
import type { Bench } from '../../src/index.js'
import { legacyFailureCases } from './failures.js'
import { peersLevel } from './level.js'
import { legacyListenerCases } from './listeners.js'
import { legacyNodeCases } from './nodes.js'
import { legacySystemCases } from './system.js'
import { legacyTransactionCases } from './transactions.js'

/**
 * What a client of `fabric-network` 2.2 meets, which systems in the field still run: with a static profile, that is
 * without service discovery, it collects endorsements and broadcasts the transaction itself.
 */
export function legacyCases(bench: Bench): void {
  describe('fabric-network 2.2 with a static profile', () => {
    before('all peers are level', async function () {
      // One that missed private data of the cases before waits up to a minute for it, and its later blocks with it
      this.timeout(120_000)
      await peersLevel(bench)
    })
    for (const cases of [
      legacyTransactionCases,
      legacySystemCases,
      legacyListenerCases,
      legacyFailureCases,
      legacyNodeCases,
    ]) {
      cases(bench)
    }
  })
}
