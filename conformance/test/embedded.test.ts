import { conformanceSuite, startEmbedded } from '../src/index.js'
import { legacyCases } from './legacy/index.js'

conformanceSuite('embedded network', startEmbedded, [legacyCases])
