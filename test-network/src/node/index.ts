export { startOrderers } from './orderers.js'
export { startPeers } from './peers.js'
export type { NodeServer } from './server.js'
