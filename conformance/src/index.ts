export { startEmbedded } from './embedded/start.js'
export { startFabric } from './fabric/start.js'
export type { Credentials, Deployment, NetworkUnderTest, NodeEndpoint, StartNetwork } from './network.js'
export { conformanceSuite, type Bench, type Cases } from './suite.js'
