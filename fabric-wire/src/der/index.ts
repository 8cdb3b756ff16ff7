export { readDer } from './der.js'
export type { Der } from './der.js'
