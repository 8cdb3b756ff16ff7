import { conformanceSuite, startEmbedded } from '../src/index.js'

conformanceSuite('embedded network', startEmbedded)
