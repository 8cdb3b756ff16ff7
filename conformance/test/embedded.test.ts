import { conformanceSuite, startEmbedded } from '../src/index.js'
import { legacyCases } from './legacy/index.js'
import { recordedCases } from './programs/recorded.js'

conformanceSuite('embedded network', startEmbedded, [legacyCases, recordedCases])
