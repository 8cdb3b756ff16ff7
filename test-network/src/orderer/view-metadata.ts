import { message, uint64 } from '@caizheng/fabric-wire'

/** What SmartBFT keeps with each block: view 0 for ever where no leader ever changes. */
export const ViewMetadata = message('ViewMetadata', {
  viewId: uint64(1),
  latestSequence: uint64(2),
  decisionsInView: uint64(3),
})
