export { main } from './main.js'
export type { Measurement, Unit, Goal, Beside } from './measurement.js'
