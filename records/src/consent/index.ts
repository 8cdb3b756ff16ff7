export { actRequests, isActName, type Act, type ActName } from './acts.js'
export * from './proposal.js'
