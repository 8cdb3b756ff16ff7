export { CaCode } from './errors.js'
export type { Registrar, RegistrarName } from './registrars.js'
export { startCas, type CaOptions, type RunningCa } from './start.js'
