export { Orderer, type Broadcast, type BroadcastAnswer, type Conditions } from './orderer.js'
export type { ConsenterIdentity } from './consenters.js'
