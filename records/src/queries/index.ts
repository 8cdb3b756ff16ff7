export * from './records.js'
export * from './listing.js'
