import { findBinaries } from '@caizheng/network'
import { conformanceSuite, startEmbedded, startFabric } from '../src/index.js'
import { legacyCases } from './legacy/index.js'
import { replayCases } from './replay.js'
import { differentialCases } from './programs/differential.js'

const missing = await findBinaries().then(
  () => undefined,
  (error: Error) => error.message,
)

// Set and wrong is a mistake; not set is a machine without Fabric
if (missing === undefined || process.env['FABRIC_BIN']) {
  conformanceSuite('real Fabric', startFabric, [legacyCases, differentialCases(startEmbedded)])
  replayCases()
} else {
  describe('conformance: real Fabric', () => {
    it(`skipped: ${missing}`)
  })
}
