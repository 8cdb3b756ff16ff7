export { followBlocks, type FollowOptions } from './follow.js'
export { chaincodeEvents, filteredBlock } from './filtered.js'
