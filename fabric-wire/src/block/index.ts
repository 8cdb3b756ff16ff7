export { encodeBlock, parseBlock, txFilter } from './block.js'
export type { Block } from './block.js'
export { blockHash, dataHash, headerBytes } from './hash.js'
