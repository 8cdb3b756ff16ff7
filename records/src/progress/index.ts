export * from './measure.js'
export * from './site-evidence.js'
export * from './tick.js'
export * from './stop.js'
