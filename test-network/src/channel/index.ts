export { AccessError } from './access.js'
export { Channel } from './channel.js'
export { signaturePolicy } from './key-policy.js'
