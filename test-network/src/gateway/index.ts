export { CommitWaiter } from './commit-status.js'
export { endorse } from './endorse.js'
export { Gateway } from './gateway.js'
export type { PeerNode } from './peers.js'
