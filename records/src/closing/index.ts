export * from './disclosure.js'
export * from './witness.js'
