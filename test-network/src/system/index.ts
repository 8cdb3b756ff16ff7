export { cscc } from './cscc.js'
export { lifecycle } from './lifecycle.js'
export { qscc } from './qscc.js'
export type { SystemCall, SystemChaincode } from './system-chaincode.js'
