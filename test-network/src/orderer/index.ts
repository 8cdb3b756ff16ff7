export { Orderer, type Broadcast, type BroadcastAnswer } from './orderer.js'
export type { ConsenterIdentity } from './consenters.js'
