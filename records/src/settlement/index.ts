export * from './acceptance.js'
export * from './settlement.js'
export * from './defects.js'
export * from './completeness.js'
