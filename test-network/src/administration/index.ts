export { broadcast, type BroadcastReply } from './broadcast.js'
export {
  changeMsp,
  groupAt,
  revoking,
  together,
  withoutOrganization,
  withOrganization,
  withPolicy,
  withValue,
  type ConfigChange,
} from './changes.js'
export { channelEndpoints, type ChannelEndpoints, type NodeEndpoint } from './endpoints.js'
export { readConfigBlock, readConfiguration } from './query.js'
export { revoke } from './revoke.js'
export { makeUpdate, signUpdate, submitUpdate, updateChannel, UpdateRefused } from './update.js'
