export { openSimulator, type SimulationResult, type Simulator } from './simulator.js'
export type { RangeIterator } from './range.js'
export { VALIDATION_PARAMETER, type CollectionInterest, type NamespaceInterest } from './interest.js'
export type { PrivateContext } from './private.js'
