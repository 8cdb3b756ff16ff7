export { cscc } from './cscc.js'
export { approvalKey, lifecycle, type Approvals } from './lifecycle.js'
export { qscc } from './qscc.js'
export type { SystemCall, SystemChaincode } from './system-chaincode.js'
