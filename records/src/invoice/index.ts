export * from './invoice.js'
