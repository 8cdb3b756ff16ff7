export { startEmbedded } from './embedded/start.js'
export { startFabric } from './fabric/start.js'
export type { Credentials, Deployment, NetworkUnderTest, StartNetwork } from './network.js'
export { conformanceSuite } from './suite.js'
