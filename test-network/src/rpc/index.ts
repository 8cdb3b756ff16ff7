export { boundNestedMessages } from './bounded-messages.js'
export { RpcError, type ErrorDetail } from './rpc-error.js'
export { drained, serverStream, unary } from './handlers.js'
