export { compareKeys } from './compare-keys.js'
export { RangeSummary } from './range-summary.js'
